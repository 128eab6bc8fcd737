"""The kind `duplicates`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.copies import Copies, CopiesAnswer
from factcheck.measures.common import plural, refuse_counts
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.left_out import LeftOut, left_out
from factcheck.measures.measurement import Definition, Measurement, Note, Series, unmeasurable
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.stats.copies import copies_share

LEAST_SIMILAR = Fraction(1, 2)


class DuplicatesForm(Form):
    """Which share of posts has a text that occurs in another post, too: copy-paste.

    Every row of the base counts, the first of several copies like the others: of ten posts of which three say the same,
    30% are duplicates. `text` is the column with the text; who posted it does not matter (`where` can leave out an
    account's own repeats, retweets or replies).

    Texts are compared in a common form, made in this order: accents joined to their letters (Unicode's NFC); lower
    case; soft hyphens, zero-width joints, variation selectors and marks of the direction of writing removed; `RT
    @name:` at the start removed; links (from `http://`, `https://` or `www.` to the next blank or letter beyond ASCII)
    and mentions (@ and ASCII letters, digits, _, as `mentions()` finds them) replaced by a blank; runs of blanks made
    one, none at the ends. Hashtags, emoji, punctuation and digits stay, and so do letters that only look alike. Links
    go because shorteners give every copy a link of its own, mentions because copies are sent to different people;
    CooRTweet's `normalize_text` removes mentions and RT for the same reason (Righetti & Balluff 2025). The report tells
    what stricter definitions give: with links and mentions kept, and with the text as it was written. A post that is
    nothing but links and mentions has no text: it is no duplicate, stays in the base, and is reported.

    With `similar: 90%` a text also counts if another is made of nearly the same words: the different words that both
    have are at least 90% of the different words that either has (Jaccard's index; order and repeats do not matter). A
    word is a run of letters, marks, digits and _; an emoji or other symbol is a word, and so is every single letter
    of scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese). All pairs at or above
    the threshold are found and no others, by prefix filtering (Bayardo, Ma & Srikant 2007; Xiao, Wang, Lin & Yu
    2008); where more than 20 million pairs would have to be compared, the claim is an error that says so. Short texts
    cannot be a little different: below ten words 90% means the same words. From 50% to 100%.

    A NULL text may be anything. With k duplicates, s posts whose text is their own, m unknown of n, the region is
    [k/n, (k + m + min(m, s))/n], since each may also make one other post a duplicate; with `similar`, all of them. The
    estimate is the share of the known texts.

    A random sample of posts loses the partners of most copies, so that the share in it is too low, and cannot be
    scaled: what is a duplicate in the sample is one in the whole, and that is a lower bound (with the lower limit of
    Clopper–Pearson or Wilson). In a partial collection duplicates that were found stay duplicates; posts not seen may
    bring any number of others. No interval is defined for a claim about the process behind complete data.

    It cannot show who copied from whom, nor that copies were coordinated: short common phrases coincide by chance, and
    slogans, headlines and shared quotations are copied by many who never met. Texts are never printed.

    Example: `measure: {duplicates: share, text: text, similar: 90%, among: not is_retweet}`
    """

    kind: ClassVar[str] = "duplicates"
    reads: ClassVar[Quantity | None] = Quantity.PROPORTION
    duplicates: Literal["share"]
    text: Annotated[str, Field(description="The column (or expression) that holds the text.", examples=["text"])]
    similar: Annotated[
        str | None,
        Field(
            description="How much of their words two texts must share to count as copies; without it they must be the "
            "same in their common form.",
            examples=["90%"],
        ),
    ] = None
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        refuse_counts(binder, "duplicates", hint="every row must be one post")
        text = binder.expression(self.text, "text", expect="text")
        rows = rows_of(binder, self.among, "among")
        similar = None if self.similar is None else _similar(self.similar, binder)
        return DuplicatesOf(rows, text, self.text, similar, self.among)


def _similar(written: str, binder: Binder) -> Fraction:
    """A percentage or a fraction; 1 alone is refused, since it may mean either end."""
    text = written.strip()
    try:
        percent = text.endswith("%")
        value = Fraction(text.rstrip(" %")) / (100 if percent else 1)
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if not LEAST_SIMILAR <= value <= 1 or text == "1":
        raise binder.fail(
            f"'similar' is {written!r}", "similar", hint="write a percentage from 50% to 100%, such as 90%"
        )
    return value


@dataclass(frozen=True)
class DuplicatesOf:
    rows: Rows
    text: Bound
    name: str
    similar: Fraction | None
    among: str | None
    unit: str = "proportion"
    quantity: Quantity = Quantity.PROPORTION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        things = plural(self.rows.dataset.unit or "row")
        limited = f" (among those where {self.among})" if self.among else ""
        if self.similar is None:
            return f"the share of {things}{limited} whose {self.name} occurs in another"
        part = f"shares at least {_percent(self.similar)} of its words with that of another"
        return f"the share of {things}{limited} whose {self.name} {part}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        answer, aside = context.together(
            lambda: context.answer(Copies(self.dataset, self.text, self.similar, self.rows.base)),
            lambda: left_out(self.rows, context, self.text),
        )
        assert isinstance(answer, CopiesAnswer)  # `together` mixes the types of its steps
        assert isinstance(aside, LeftOut)
        none = self.rows.none_when_missing(self.text)
        unknown = 0 if none else answer.null
        if answer.n == 0 or answer.n == unknown:
            return self._nothing(answer)
        region, method, notes = self._region(answer, unknown, setting)
        open_ = method not in ("complete", "bounds", "no-interval")  # posts not seen may be copies of those seen
        return Measurement(
            self.quantity,
            Fraction(answer.copies, answer.n if setting.missing == "false" else answer.n - unknown),
            region,
            self.unit,
            n=answer.n,
            missing=unknown,
            method=method,
            aside=aside.among,
            notes=(*aside.notes(answer.n), *self._notes(answer, unknown, none=none), *notes),
            facts={**self._facts(answer, unknown), "collected": self._collected(answer, unknown, setting)},
            series=_sizes(answer, plural(self.rows.dataset.unit or "row")),
            definitions=(self._definition(answer, unknown),),
            queries=answer.queries,
            sampled=setting.mode is Mode.SAMPLE and open_,
            bound_only=open_,
        )

    def _nothing(self, answer: CopiesAnswer) -> Measurement:
        if answer.n == 0:
            return unmeasurable(self.quantity, "empty-base")
        return unmeasurable(self.quantity, "no-numbers", name=self.name, rows=answer.n)

    def _region(self, answer: CopiesAnswer, unknown: int, setting: Setting) -> tuple[Interval, str, tuple[Note, ...]]:
        empty, open_ = _without_text(answer, unknown, setting)
        alike = self.similar is not None
        if setting.mode is Mode.EXACT or (not setting.process and setting.unseen == 0):
            low, high = copies_share(answer.copies, answer.singles, empty, open_, alike=alike)
            return Interval(low, high), "bounds" if open_ else "complete", ()
        if setting.process:
            return Interval(Fraction(0), Fraction(1)), "no-interval", (Note(setting.no_interval),)
        if setting.mode is Mode.SAMPLE:
            return self._sampled(answer.copies, answer.copies + answer.singles + empty + open_, setting)
        if setting.unseen is not None:
            ends = copies_share(answer.copies, answer.singles, empty, open_, setting.unseen, alike=alike)
            return Interval(*ends), "partial", ()
        # Posts not seen can give every single text a partner, but no text to a post that has none.
        return Interval(Fraction(0), Fraction(1), low_open=answer.copies > 0, high_open=empty > 0), "partial", ()

    def _collected(self, answer: CopiesAnswer, unknown: int, setting: Setting) -> tuple[Fraction, Fraction]:
        """The share among the rows at hand, whatever they stand for."""
        empty, open_ = _without_text(answer, unknown, setting)
        return copies_share(answer.copies, answer.singles, empty, open_, alike=self.similar is not None)

    def _sampled(self, k: int, n: int, setting: Setting) -> tuple[Interval, str, tuple[Note, ...]]:
        """A post that is a duplicate in the sample is one in the whole, so that the lower limit for those found is one
        for all; nothing bounds how many have their partner among the posts that were not drawn."""
        from factcheck.stats.proportion import proportion

        found = proportion(k, n, float(setting.level))
        return Interval(Fraction(found.low), Fraction(1)), found.method, (Note("sample-copies"),)

    def _notes(self, answer: CopiesAnswer, unknown: int, *, none: bool) -> tuple[Note, ...]:
        notes: tuple[Note, ...] = ()
        if unknown:
            facts = {"rows": unknown, "share": Fraction(unknown, answer.n), "name": self.name}
            notes += (Note("null-numbers", facts),)
        empty = answer.empty + (answer.null if none else 0)
        if empty:
            notes += (Note("no-text", {"rows": empty, "share": Fraction(empty, answer.n)}),)
        return notes

    def _facts(self, answer: CopiesAnswer, unknown: int) -> dict[str, object]:
        repeated = [(size, texts) for size, texts in answer.sizes if size > 1]
        return {
            "k": Fraction(answer.copies),
            "n": Fraction(answer.n),
            "known": Fraction(answer.n - unknown),
            "same": answer.same,
            "texts": sum(texts for _, texts in repeated),
            "largest": max((size for size, _ in repeated), default=0),
            "empty": answer.empty,
            "similar": self.similar,
        }

    def _definition(self, answer: CopiesAnswer, unknown: int) -> Definition:
        """The share by the definitions that were not used, from lenient to strict."""
        known = answer.n - unknown
        used = "common form" if self.similar is None else "share of words"
        others = [] if self.similar is None else [("common form", Fraction(answer.same, known))]
        others.append(("links and mentions kept", Fraction(answer.spaced, known)))
        others.append(("as written", Fraction(answer.exact, known)))
        if answer.empty and known > answer.empty:
            others.append(("posts with text only", Fraction(answer.copies, known - answer.empty)))
        return Definition("same text", used, tuple(others))


def _without_text(answer: CopiesAnswer, unknown: int, setting: Setting) -> tuple[int, int]:
    """Rows without text, and rows that may have any.

    A text that is NULL for "there is none" counts as empty; one that the claim leaves out counts as nothing at all.
    """
    empty = answer.empty + answer.null - unknown + (unknown if setting.missing == "false" else 0)
    return empty, unknown if setting.missing == "bounds" else 0


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):g}%"


def _sizes(answer: CopiesAnswer, things: str) -> tuple[Series, ...]:
    """How many texts stand in how many posts each; sizes only, never a text."""
    repeated = [(size, texts) for size, texts in answer.sizes if size > 1]
    if not repeated:
        return ()
    sizes, texts = zip(*repeated, strict=True)
    return (Series("curve", sizes, texts, f"{things} with the same text", "texts"),)
