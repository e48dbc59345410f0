"""Pictures of pages, to be looked at: Arabic and French, phone and desktop, light and dark; papers page by page.

    python -m tools.pictures --base http://127.0.0.1:8000 /ui/gallery /            pages of a running council
    python -m tools.pictures                                                      starts a demonstration by itself
    python -m tools.pictures --axe --cookie sessionid=… --base … /office           also checks accessibility

Pictures go to build/pictures/. An address that answers with a PDF becomes one picture a page.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OUT = Path("build/pictures")
PAGES = ["/", "/ui/gallery", "/ui/gallery/office", "/ui/gallery/error/404"]
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
LANGUAGES = ("ar", "fr")
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """The browser to use: TADBIR_CHROMIUM, else the system's."""
    return os.environ.get("TADBIR_CHROMIUM") or "/usr/bin/chromium"


def in_language(path: str, lang: str) -> str:
    """The address of a page in a language: French stands under /fr/, after the council's own prefix if any."""
    if lang == "ar":
        return path
    before, mark, after = path.rpartition("@")  # /my-council@/page for a council found by its path
    return f"{before}/fr{after}" if mark else f"/fr{path}"


def file_name(path: str) -> str:
    """A file name that says which page it shows."""
    return re.sub(r"[^\w-]+", "-", urlsplit(path).path.strip("/")) or "home"


def papers(body: bytes, name: str, out: Path) -> list[Path]:
    """One picture for each page of a PDF."""
    import pypdfium2

    made = []
    for number, page in enumerate(pypdfium2.PdfDocument(body), 1):
        path = out / f"{name}-p{number}.png"
        page.render(scale=1.6).to_pil().save(path)
        made.append(path)
    return made


def violations(page: Any) -> list[str]:
    """What axe finds on the page that is open."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {one['help']} ({', '.join(' '.join(map(str, node['target'])) for node in one['nodes'][:4])})"
        for one in found.response["violations"]
    ]


def pictures_of(browser: Any, args: argparse.Namespace, path: str) -> list[str]:
    """Take every picture of one page; the findings of axe and of the browser's console."""
    problems = []
    for lang in LANGUAGES:
        address = args.base + in_language(path, lang)
        for device, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=False,
                    device_scale_factor=args.scale, is_mobile=device == "phone", locale=f"{lang}-MA",
                )  # fmt: skip
                context.add_cookies([_cookie(text, args.base) for text in args.cookie])
                page = context.new_page()
                said: list[str] = []
                page.on("console", lambda m, said=said: said.append(m.text) if m.type == "error" else None)
                page.goto(address, wait_until="networkidle")
                name = f"{file_name(path)}-{lang}-{device}-{scheme}"
                page.screenshot(path=str(args.out / f"{name}.png"), full_page=True)
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                said += ["wider than the screen"] if wide else []
                said += violations(page) if args.axe else []
                problems += [f"{name}: {text}" for text in said if "Failed to load resource" not in text]
                context.close()
    return problems


def _cookie(text: str, base: str) -> dict[str, str]:
    name, _, value = text.partition("=")
    return {"name": name, "value": value, "url": base}


def is_paper(address: str) -> bytes | None:
    """The PDF at an address, or None when it is a page."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (the server of the command line)
            return answer.read() if answer.headers.get_content_type() == "application/pdf" else None
    except urllib.error.HTTPError:
        return None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def own_server() -> Iterator[str]:
    """A demonstration in a folder of its own, on a free port of this machine."""
    with tempfile.TemporaryDirectory(prefix="tadbir-pictures-") as home:
        Path(home, "tadbir.toml").write_text("demo = true\n", encoding="utf-8")
        env = {**os.environ, "TADBIR_HOME": home, "DJANGO_SETTINGS_MODULE": "tadbir.settings"}
        for words in (
            ["migrate", "-v", "0"],
            ["createcachetable"],
            ["collectstatic", "--noinput", "-v", "0"],
        ):
            subprocess.run([sys.executable, "-m", "tadbir", *words], env=env, check=True)
        port = _free_port()
        run = ["granian", "--interface", "wsgi", "--port", str(port), "tadbir.wsgi:application"]
        server = subprocess.Popen([sys.executable, "-m", *run], env=env, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start within 15 s")


def take(args: argparse.Namespace) -> int:
    """Take all pictures; print what was found wrong; 1 if anything was."""
    from playwright.sync_api import sync_playwright

    args.out.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for path in args.paths or PAGES:
            body = is_paper(args.base + path.replace("@", ""))
            if body is not None:
                papers(body, file_name(path), args.out)
            else:
                problems += pictures_of(browser, args, path)
        browser.close()
    print(f"{len(list(args.out.iterdir()))} pictures in {args.out}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def main() -> int:
    """Read the words of the command line and take the pictures."""
    parser = argparse.ArgumentParser(description="Pictures of pages, in build/pictures/")
    parser.add_argument(
        "paths", nargs="*", help="addresses below the base; /council@/page for one found by path"
    )
    parser.add_argument("--base", default="", help="a running server, as http://127.0.0.1:8000")
    parser.add_argument("--axe", action="store_true", help="also check accessibility")
    parser.add_argument("--cookie", action="append", default=[], help="name=value, as of a signed-in session")
    parser.add_argument("--scale", type=float, default=1.0, help="pixels of the picture for one of the page")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    if args.base:
        args.base = args.base.rstrip("/")
        return take(args)
    with own_server() as args.base:
        return take(args)


if __name__ == "__main__":
    sys.exit(main())
