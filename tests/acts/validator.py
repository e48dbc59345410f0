"""A validator that the layout was not made with: what it finds in a PDF, against PDF/A-3a and PDF/UA-1.

Of what it and other readers said of our papers, settled against the standards' own words and not mended:

- A stream whose data end in a carriage return, followed by the line feed that stands before `endstream`: the two are
  taken for one end of line, and the length for one too many. ISO 19005-3 (6.1.7.1) counts to the last byte before the
  end of line, and ISO 32000-1 (7.3.8.1) lets that be a line feed alone: the length is right, as the data show when they
  are unpacked. One compressed stream in some hundred ends so.
- poppler 22.12 writes "Suspects object is wrong type (boolean)" for `/Suspects false`. ISO 32000-1 (table 321) makes it
  a boolean, and PDF/UA-1 (7.1) asks for the value false; that reader complains of any value that is not true.
"""

import io

import page
import pikepdf

PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
LENGTH = "PDFA3A-STREAM-LENGTH-001"


def _ends_in_a_return(made: bytes) -> bool:
    """Whether a stream of the right length ends in a carriage return: what is unpacked from it is whole."""
    with pikepdf.open(io.BytesIO(made)) as file:
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        ending = [one for one in streams if one.read_raw_bytes().endswith(b"\r")]
        return bool(ending) and all(one.read_bytes() and one.Length == len(one.read_raw_bytes()) for one in ending)


def findings(made: bytes) -> list[str]:
    """Profile, rule and words of each finding that is not settled; empty for a paper that conforms to both."""
    found = []
    for profile in PROFILES:
        report = page.validate_pdf_bytes(made, profile=profile)
        assert report.is_compliant or report.failures
        left = [one for one in report.failures if one.rule_id != LENGTH or not _ends_in_a_return(made)]
        found += [f"{profile.value} {one.rule_id}: {one.message}" for one in left]
    return found
