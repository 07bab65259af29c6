"""Two sorted dumps side by side: the patch of their differences makes one of the other."""

import io

from hypothesis import given
from hypothesis import strategies as st

from kg.diff import differences, patching

LINES = st.sets(
    st.builds(
        lambda s, o: f"<https://x/{s}> <https://x/p> <https://x/{o}> <https://x/g> .\n".encode(),
        st.sampled_from(["a", "a/b", "a#b", "b", "a-b"]),
        st.integers(0, 3),
    )
)


@given(LINES, LINES)
def test_a_patch_makes_the_new_of_the_old(old: set[bytes], new: set[bytes]) -> None:
    patch = io.BytesIO()
    blocks = list(patching(differences(sorted(old), sorted(new)), "1", "2", patch))
    lines = patch.getvalue().splitlines(keepends=True)[3:-1]
    removed = {line[2:] for line in lines if line.startswith(b"D ")}
    added = {line[2:] for line in lines if line.startswith(b"A ")}
    assert (removed, added) == (old - new, new - old)
    assert bool(blocks) == (old != new)
