"""The ceiling: a loop over smtplib on one line, nothing written down, the same messages built the same way.

`bare.py PORT JOBS`: prints the seconds from the first message to the answer to the last, and the seconds of
the processor.
"""

import smtplib
import sys
from pathlib import Path
from time import perf_counter, process_time

from jobs import SENDER, read_jobs, read_parcel

from convener.mime import build_message


def main(port: int, file: Path) -> None:
    """Send every message of *file*."""
    parcels = [read_parcel(job) for job in read_jobs(file)]
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as line:
        line.ehlo()
        began, worked = perf_counter(), process_time()
        for parcel in parcels:
            line.sendmail(SENDER[1], [parcel.to_email], build_message(parcel, *SENDER))
        print(perf_counter() - began, process_time() - worked)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
