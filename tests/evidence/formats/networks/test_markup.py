"""XML of strangers: no entities, nothing from outside, bounds, encodings."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.evidence.formats.networks import markup

from .graphs import fails, graph

BODY = '<gexf><graph><nodes><node id="1" label="{}"/></nodes></graph></gexf>'
LAUGHS = '<!DOCTYPE gexf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_declared_entities_are_refused(desk: Desk) -> None:
    message = fails(desk, LAUGHS + BODY.format("&b;"))
    assert message.startswith("evidence/g.gexf, line 1, column ")
    assert "declares the entity 'a'" in message


@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "x"'])
def test_external_entities_are_refused_and_not_read(desk: Desk, tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    message = fails(desk, f'<!DOCTYPE gexf [<!ENTITY x {kind} "{secret.as_uri()}">]>' + BODY.format("&x;"))
    assert "declares the entity 'x'" in message
    assert "hush" not in message


def test_parameter_entities_are_refused(desk: Desk) -> None:
    message = fails(desk, '<!DOCTYPE gexf [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]>' + BODY.format(""))
    assert "declares the entity 'p'" in message


def test_a_document_type_without_entities_is_harmless(desk: Desk) -> None:
    found = graph(desk, '<!DOCTYPE gexf SYSTEM "http://example.org/gexf.dtd">' + BODY.format("a &amp; b &#233;"))
    assert found.rows("nodes", "label") == [("a & b é",)]


def test_an_entity_of_an_external_document_type_is_not_left_out(desk: Desk) -> None:
    """Parsers that do not read the document type pass over it, and the text would be another."""
    message = fails(desk, '<!DOCTYPE gexf SYSTEM "http://example.org/gexf.dtd">' + BODY.format("a&eacute;b"))
    assert "uses the entity 'eacute'" in message


def test_an_entity_that_is_nowhere_defined(desk: Desk) -> None:
    assert "an entity that is nowhere defined" in fails(desk, BODY.format("&eacute;"))


def test_elements_too_deep(desk: Desk) -> None:
    message = fails(desk, "<gexf>" + "<a>" * 100_000)
    assert "more than 256 deep" in message


def test_a_tag_without_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_LONGEST", 1 << 20)
    assert "longer than 1 MB" in fails(desk, BODY.format("x" * 4_000_000))


def test_a_text_without_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_LONGEST", 1 << 20)
    text = f'<graphml><key id="k"/><graph><node id="1"><data key="k">{"x" * 4_000_000}</data></node></graph></graphml>'
    assert "a text that is longer than 1 MB" in fails(desk, text, "g.graphml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "cp437", "gb18030"])
def test_encodings_that_the_file_declares(desk: Desk, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{BODY.format("é ü")}'
    assert graph(desk, text.encode(encoding)).rows("nodes", "label") == [("é ü",)]


def test_a_byte_order_mark(desk: Desk) -> None:
    assert graph(desk, BODY.format("é").encode("utf-8-sig")).rows("nodes", "label") == [("é",)]


def test_an_encoding_that_the_manifest_states(desk: Desk) -> None:
    found = graph(desk, BODY.format("Ёж").encode("windows-1251"), extra="read: {encoding: windows-1251}")
    assert found.rows("nodes", "label") == [("Ёж",)]


@pytest.mark.parametrize("encoding", ["base64", "hex", "no-such"])
def test_what_is_no_encoding_of_text(desk: Desk, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{BODY.format("a")}'
    assert f"an encoding of text that is not known: '{encoding}'" in fails(desk, text)


def test_a_byte_that_is_no_text(desk: Desk) -> None:
    message = fails(desk, BODY.format("a").encode().replace(b'"a"', b'"\xff\xfe"'))
    assert "line 1, column" in message
    assert "must not stand here" in message


def test_compressed_data_cut_off(desk: Desk) -> None:
    import gzip

    assert "cut off" in fails(desk, gzip.compress(BODY.format("a").encode())[:-12], "g.gexf.gz")
