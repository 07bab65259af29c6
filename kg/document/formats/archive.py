"""ZIP archives, also those that office files are: opened within limits, nothing written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib

from kg.document.formats.canonical import Unreadable, plain
from kg.record import record

#: What an archive's members come to at most, unpacked: the longest workbook has some ten megabytes.
BYTES = 200_000_000
#: Members at most: office files have a few dozen, archives of reports fewer.
MEMBERS = 5_000


@record
class Archive:
    """An archive that is within the limits."""

    file: zipfile.ZipFile

    @classmethod
    def of(cls, content: bytes) -> Archive:
        """Open an archive.

        Raises:
            Unreadable: it is broken, or larger than the limits.
        """
        try:
            file = zipfile.ZipFile(io.BytesIO(content))
            members = file.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable("is not a whole archive; get it anew") from error
        if len(members) > MEMBERS:
            raise Unreadable(f"is an archive of {len(members):,} files, more than {MEMBERS:,}")
        # zipfile reads no more of a member than it says, so what they say is a limit
        if (size := sum(member.file_size for member in members)) > BYTES:
            raise Unreadable(f"unpacks to {size / 1e6:,.0f} MB, more than {BYTES / 1e6:,.0f} MB")
        return cls(file)

    @property
    def names(self) -> list[str]:
        """The names of the members that are files, as stored."""
        return [member.filename for member in self.file.infolist() if not member.is_dir()]

    def read(self, name: str) -> bytes:
        """A member's bytes.

        Raises:
            Unreadable: it is missing, broken or encrypted.
        """
        try:
            return self.file.read(name)
        except KeyError:
            raise Unreadable(f"lacks its part {plain(name)}; get it anew") from None
        except RuntimeError as error:  # what zipfile raises for a password
            raise Unreadable("is encrypted; save it without a password") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise Unreadable(f"is broken at its part {plain(name)}; get it anew") from error

    def shown(self, name: str) -> str:
        """A member's name as a person wrote it: archives made on Windows have it in GBK."""
        if self.file.getinfo(name).flag_bits & 0x800:
            return plain(name)
        try:
            return plain(name.encode("cp437").decode("gb18030"))
        except (UnicodeEncodeError, UnicodeDecodeError):
            return plain(name)
