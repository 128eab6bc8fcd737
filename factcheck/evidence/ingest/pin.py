"""`data pin`: the files' sha256, written into the manifest without touching anything else in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.manifest import ManifestSource, read_manifests
from factcheck.text.files import write_atomic
from factcheck.text.nodes import Mapping as MappingNode
from factcheck.text.nodes import Node, Scalar

_BLOCK = 1 << 20
_ALIAS = re.compile(r"\s*:\s*\*[^\s,\[\]{}]+")


def sha256(path: Path) -> str:
    """The digest of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise EvidenceError(f"{path.name} cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def pin(source: ManifestSource, digests: Mapping[str, str], root: Path) -> bool:
    """Writes the digests into the manifest of `source`; True where that changed the file.

    `digests` maps each file as the manifest should name it (relative to the manifest) to its sha256. One file
    is written as a plain value, several as a mapping. Comments, order and line ends of the manifest stay.
    """
    source = _fresh(source, root)
    path = root / source.file
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig")
    changed = pinned_text(source, text, digests)
    if changed == text:
        return False
    bom = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    write_atomic(path, bom + changed.encode())
    return True


def _fresh(source: ManifestSource, root: Path) -> ManifestSource:
    """The manifest as it stands now: pinning another dataset of the same file has moved its lines."""
    sources, _ = read_manifests([root / source.file], root)
    if source.name not in sources:
        raise EvidenceError(f"{source.file} has changed since it was read", source.name)
    return sources[source.name]


def pinned_text(source: ManifestSource, text: str, digests: Mapping[str, str]) -> str:
    """The text of the manifest with the digests in it."""
    node = source.node
    offset = len(text) - len(node.source.text)  # positions count in the text as it was read
    if offset or text != node.source.text:
        raise EvidenceError(f"{source.file} has changed since it was read", source.name)
    line_end = "\r\n" if "\r\n" in text else "\n"
    if text[node.start] == "{":
        return _in_flow(node, text, digests)
    indent = _indent(node, text)
    block = _block(digests, indent, line_end)
    old = node.entries.get("sha256")
    if old is None:
        end = _end_of_block(node, text)
        lead = "" if text[:end].endswith("\n") else line_end
        return text[:end] + lead + indent + block + line_end + text[end:]
    return text[: old[0].start] + block + text[len(text[: _end(*old, text)].rstrip()) :]


def _indent(node: MappingNode, text: str) -> str:
    first = next(iter(node.entries.values()))[0].start
    line = text.rfind("\n", 0, first) + 1
    return " " * (first - line)


def _block(digests: Mapping[str, str], indent: str, line_end: str) -> str:
    if len(digests) == 1:
        return f"sha256: {next(iter(digests.values()))}"
    lines = [f"{indent}  {_key(name)}: {digest}" for name, digest in sorted(digests.items())]
    return line_end.join(["sha256:", *lines])


def _key(name: str) -> str:
    """A file name as a YAML key: quoted where it might read as anything else."""
    plain = re.fullmatch(r"[A-Za-z_][\w./-]*", name) and name.lower() not in ("true", "false", "null", "yes", "no")
    return name if plain else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _end_of_block(node: MappingNode, text: str) -> int:
    """Behind the last line of the mapping's last value, comments that follow it left below."""
    end = len(text[: _end(*list(node.entries.values())[-1], text)].rstrip())
    found = text.find("\n", end)
    return len(text) if found < 0 else found + 1


def _end(key: Scalar, value: Node, text: str) -> int:
    """Where the value of `key` ends; what an alias refers to stands elsewhere, and the alias itself ends here."""
    alias = _ALIAS.match(text, key.end)
    return value.end if alias is None else alias.end()


def _in_flow(node: MappingNode, text: str, digests: Mapping[str, str]) -> str:
    if len(digests) == 1:
        said = next(iter(digests.values()))
    else:
        said = "{" + ", ".join(f"{_key(name)}: {digest}" for name, digest in sorted(digests.items())) + "}"
    old = node.entries.get("sha256")
    if old is not None:
        return text[: old[0].start] + f"sha256: {said}" + text[_end(*old, text) :]
    end = _end(*list(node.entries.values())[-1], text)
    return text[:end] + f", sha256: {said}" + text[end:]
