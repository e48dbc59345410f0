#!/bin/sh
# Says which optional programs the long tests and the documents can be checked with, and which are missing.
missing=0
present() { # present PROGRAM "what it checks" "how to get it"
    if command -v "$1" >/dev/null 2>&1; then
        printf '  present  %-10s %s\n' "$1" "$2"
    else
        printf '  MISSING  %-10s %s NOT RUN (%s)\n' "$1" "$2:" "$3"
        missing=$((missing + 1))
    fi
}
echo "Foreign programs that check our work:"
if [ -n "$TADBIR_CHROMIUM" ] || command -v chromium >/dev/null 2>&1; then
    printf '  present  %-10s %s\n' chromium "pages in a real browser, accessibility"
else
    present chromium "pages in a real browser, accessibility" "Debian: chromium"
fi
present zbarimg "second reader of printed codes" "Debian: zbar-tools"
present pdftotext "text as copied from our papers" "Debian: poppler-utils"
present pdfsig "second reader of our seals" "Debian: poppler-utils"
present qpdf "structure of our PDFs" "Debian: qpdf"
present openssl "seals by hand" "Debian: openssl"
present java "Nu checker of our pages" "Debian: default-jre-headless; npm: vnu-jar"
present node "the verifier's script" "Debian: nodejs"
[ "$missing" = 0 ] || echo "  $missing missing: what they check is not run, and says so."
exit 0
