"""Pictures of pages, to be looked at: Arabic and French, phone and desktop, light and dark; papers page by page.

    python -m tools.pictures                                     plays the demonstration and takes its key pages
    python -m tools.pictures --base http://localhost:8000 --council oued-ed-dahab / /office/ --cookie sessionid=…
    python -m tools.pictures --axe                               also checks accessibility

Pictures go to build/pictures/; the demonstration's home page also to docs/pictures/home.png, for README. An
address that answers with a PDF becomes one picture a page.
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

from tools.pages import LINKED, PAGES

OUT = Path("build/pictures")
#: Made from the demonstration only, and committed: README shows it.
FRONT = Path("docs/pictures/home.png")
WAIT = 240
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
LANGUAGES = ("ar", "fr")
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """The browser to use: TADBIR_CHROMIUM, else the system's."""
    return os.environ.get("TADBIR_CHROMIUM") or "/usr/bin/chromium"


def in_language(args: argparse.Namespace, path: str, lang: str) -> str:
    """The address of a page: the council's own prefix if any, then /fr/ for French."""
    prefix = f"/{args.council}" if args.council else ""
    return f"{args.base}{prefix}{'/fr' if lang == 'fr' else ''}{path}"


def file_name(path: str) -> str:
    """A file name that says which page it shows."""
    asked = urlsplit(path)
    return re.sub(r"[^\w-]+", "-", f"{asked.path} {asked.query}".strip(" /")) or "home"


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
        address = in_language(args, path, lang)
        for device, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    bypass_csp=False,
                    device_scale_factor=args.scale,
                    is_mobile=device == "phone",
                    locale=f"{lang}-MA",
                )
                context.add_cookies(args.cookies if "/office" in path or args.cookie else [])
                page = context.new_page()
                said: list[str] = []
                page.on("console", lambda m, said=said: said.append(m.text) if m.type == "error" else None)
                answer = page.goto(address, wait_until="networkidle")
                if answer and answer.status >= 400 and "/error/" not in path:
                    said.append(f"answered {answer.status}")
                name = f"{file_name(path)}-{lang}-{device}-{scheme}"
                page.screenshot(path=str(args.out / f"{name}.png"), full_page=True)
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                said += ["wider than the screen"] if wide else []
                said += violations(page) if args.axe else []
                problems += [f"{name}: {text}" for text in said if "Failed to load resource" not in text]
                context.close()
    return problems


def linked(browser: Any, args: argparse.Namespace) -> Iterator[str]:
    """The pages that are found by following a link of another one."""
    context = browser.new_context()
    context.add_cookies(args.cookies)
    for page, looks, follows in LINKED:
        html = context.request.get(in_language(args, page, "ar")).text()
        found = re.search(looks, html)
        if found is None:
            print(f"nothing on {page} to follow")
            continue
        yield from (found[0] + end for end in follows)
    context.close()


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
def demonstration(args: argparse.Namespace) -> Iterator[None]:
    """`tadbir demo` in a folder of its own; names its first council and signs in as its director."""
    with tempfile.TemporaryDirectory(prefix="tadbir-pictures-") as home:
        port, said = _free_port(), Path(home, "said.txt")
        words = ["demo", "--folder", f"{home}/demo", "--port", str(port), "--workers", "1"]
        with said.open("w") as out:
            server = subprocess.Popen([sys.executable, "-m", "tadbir", *words], stdout=out)
        try:
            _wait(server, port)
            args.base = f"http://localhost:{port}"
            links = re.findall(r"http://\S+/([\w-]+)/account/demo/\S+", said.read_text("utf-8"))
            args.council = args.council or (links[0] if links else "")
            fourth = re.findall(rf"http://\S+/{args.council}/account/demo/\S+", said.read_text("utf-8"))[3:4]
            args.sign_in = fourth[0] if fourth else ""
            yield
        finally:
            server.terminate()
            server.wait(20)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(WAIT * 5):
        if server.poll() is not None:
            raise SystemExit("the demonstration stopped before it served")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"the demonstration did not start within {WAIT} s")


def signed_in(browser: Any, link: str) -> list[dict[str, Any]]:
    """The cookies of somebody who followed a sign-in link of the demonstration."""
    if not link:
        return []
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.locator("main form button").click()
    page.wait_for_load_state("networkidle")
    cookies: list[dict[str, Any]] = context.cookies()
    context.close()
    return cookies


def front(browser: Any, args: argparse.Namespace) -> None:
    """The home page on a phone, Arabic beside French: the picture of README, light enough for a slow line."""
    from io import BytesIO

    from PIL import Image

    shots = []
    for lang in LANGUAGES:
        context = browser.new_context(
            viewport={"width": 360, "height": 720}, color_scheme="light", device_scale_factor=1.5, is_mobile=True
        )
        page = context.new_page()
        page.goto(in_language(args, "/", lang), wait_until="networkidle")
        shots.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
        context.close()
    gap, width, height = 24, shots[0].width, shots[0].height
    both = Image.new("RGB", (2 * width + gap, height), "white")
    both.paste(shots[1], (0, 0))
    both.paste(shots[0], (width + gap, 0))
    FRONT.parent.mkdir(parents=True, exist_ok=True)
    both.quantize(64).save(FRONT, optimize=True)


def take(args: argparse.Namespace) -> int:
    """Take all pictures; print what was found wrong; 1 if anything was."""
    from playwright.sync_api import sync_playwright

    args.out.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        args.cookies = [_cookie(text, args.base) for text in args.cookie] or signed_in(browser, args.sign_in)
        for path in args.paths or [*PAGES, *linked(browser, args)]:
            body = is_paper(in_language(args, path, "ar"))
            if body is not None:
                papers(body, file_name(path), args.out)
            else:
                problems += pictures_of(browser, args, path)
        if args.front:
            front(browser, args)
        browser.close()
    print(f"{len(list(args.out.iterdir()))} pictures in {args.out}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def main() -> int:
    """Read the words of the command line and take the pictures."""
    parser = argparse.ArgumentParser(description="Pictures of pages, in build/pictures/")
    parser.add_argument("paths", nargs="*", help="addresses below the base; /council@/page for one found by path")
    parser.add_argument("--base", default="", help="a running server, as http://127.0.0.1:8000")
    parser.add_argument("--council", default="", help="slug of a council that has no host of its own")
    parser.add_argument("--axe", action="store_true", help="also check accessibility")
    parser.add_argument("--cookie", action="append", default=[], help="name=value, as of a signed-in session")
    parser.add_argument("--scale", type=float, default=1.0, help="pixels of the picture for one of the page")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    args.sign_in, args.front = "", not args.base
    if args.base:
        args.base = args.base.rstrip("/")
        return take(args)
    with demonstration(args):
        return take(args)


if __name__ == "__main__":
    sys.exit(main())
