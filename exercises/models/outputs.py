"""What stands under a page's address: a route for each of its outputs, made from the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from clinical.addresses import whole_address
from clinical.clinic.clinic_known import logo_for_paper
from clinical.models import clinic
from clinical.outputs.answers import AskedWrongly, made_answer, refusal_answer, with_own_tag, with_tag
from clinical.outputs.file_cache import Made, kept
from clinical.outputs.share_card import LinkPreview, ShareCard
from clinical.pages import link_previews
from exercises.models.redrawing import drawing, on_paper
from exercises.outputs.output import Asked, FileOutput, Output


class OutputRoutesMixin:
    """Mixed into a page that has outputs; it says which. The page itself is routed by the platform.

    An output that is made from the sheet alone is answered here. One that is not is answered by the page's method of
    its name: ``follow_answer`` for ``follow``.
    """

    outputs: ClassVar[tuple[Output[Any], ...]]

    if TYPE_CHECKING:
        # What the page gives.
        content_key: UUID
        live: bool
        purpose: str
        slug: str

        def sheet(self) -> Any:
            """What it shows."""

        def get_view_restrictions(self) -> Any:
            """Who may see it."""

        def share_card(self, sheet: Any) -> ShareCard:
            """What is on the picture beside a link to it."""

    @property
    def audited_outputs(self) -> tuple[str, ...]:
        """What the audit of everything live makes once, by the last part of its address."""
        return tuple(output.segment for output in self.outputs if output.on_pages and not output.takes_long)

    @classmethod
    def get_subpage_urls(cls) -> tuple[URLPattern, ...]:
        """The platform's own routes and one for each output. It asks for the slash; addresses of files have none."""
        own = super().get_subpage_urls()  # type: ignore[misc]  # mixed into a page
        return (*own, *(cls._route(output) for output in cls.outputs if output.on_pages and output.path))

    def get_route_paths(self) -> list[str]:
        """Where it is found, below its own address: what a page that is renamed leaves redirects for."""
        return ["/", *(f"/{output.path}" for output in self.outputs if output.on_pages and output.path)]

    def resolve_subpage(self, path: str) -> Any:
        """The route for what stands below its address; a file's is asked for without the slash routes end with."""
        return super().resolve_subpage(path if path.endswith("/") else f"{path}/")  # type: ignore[misc]  # mixed into a page

    @classmethod
    def _route(cls, output: Output[Any]) -> URLPattern:
        where = f"{output.segment}/"
        if isinstance(output, FileOutput):
            return path(where, cls.output_answer, {"output": output}, name=output.name)
        return path(where, getattr(cls, f"{output.name}_answer"), name=output.name)

    def output_answer(self, request: HttpRequest, output: FileOutput[Any]) -> HttpResponse:
        """An output as its bytes, or what to ask instead where it was asked for wrongly."""
        sheet, whose = self.sheet(), clinic()
        asked = Asked(
            query=request.GET,
            today=timezone.localdate(),
            now=timezone.localtime().time(),
            address=whole_address(request, sheet.url),
            site_name=whose.name,
            imprint=whose.on_paper,
            licence=whose.licence,
            logo=logo_for_paper,
            drawing_of=on_paper,
        )
        try:
            if output.kept is None:
                return with_own_tag(self._file(output, output.make(sheet, asked)))
            digest = output.kept.digest(sheet, asked)
            return with_tag(request, digest, lambda: self._file(output, self._kept(output, sheet, asked, digest)))
        except AskedWrongly as refusal:
            return refusal_answer(request, refusal, sheet.url)

    def _file(self, output: FileOutput[Any], made: Made) -> HttpResponse:
        name = f"{self.slug}{output.file_ending}" if output.file_ending else ""
        return made_answer(made, output.content_type, name)

    def _kept(self, output: FileOutput[Any], sheet: Any, asked: Asked, digest: str) -> Made:
        """What is kept while its content stands; made for this reader where only some may see the page."""
        if output.kept is None or self.get_view_restrictions().exists():
            return output.make(sheet, asked)
        folder = output.kept.folder(sheet, asked)
        return kept(folder, digest, output.file_ending, lambda: output.make(sheet, asked))

    def link_preview(self, request: HttpRequest, sheet: Any) -> LinkPreview:
        """What a message program is told about the page."""
        return link_previews.preview_of(self, request, sheet)

    def card_answer(self, request: HttpRequest) -> HttpResponse:
        """The picture beside a link to it."""
        return link_previews.card_answer(self, request)

    def follow_up(self, *, whole: bool) -> None:
        """The picture of a live page is made with it."""
        super().follow_up(whole=whole)  # type: ignore[misc]  # mixed into a page
        if self.live and whole:
            link_previews.make_card_later(self)

    def card_drawing(self, fingerprint: str) -> str:
        """The drawing in the colours of a light page."""
        return drawing(fingerprint, "light")
