"""Write a page as an accessible PDF (PDF/UA-1) with WeasyPrint. Importing this needs the system library Pango."""

from __future__ import annotations

from urllib.parse import urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bot.web.static_files import PREFIX, StaticFiles


class OwnFilesOnly(URLFetcher):
    """Hands out our static files and refuses everything else: no network, no files of the machine."""

    def __init__(self, files: StaticFiles) -> None:
        super().__init__(allowed_protocols=())
        self._own = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a static file, whatever the host in its address.

        Raises:
            ValueError: For every other address.
        """
        path = urlsplit(url).path
        file = self._own.read(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None
        if file is None:
            raise ValueError("not a static file of ours")
        return URLFetcherResponse(url, file.body, {"Content-Type": file.content_type})


def write(html: str, address: str, files: StaticFiles) -> bytes:
    """Return the page as PDF, tagged, with title and language; links lead to where ``address`` is."""
    document = HTML(string=html, base_url=address, url_fetcher=OwnFilesOnly(files))
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made
