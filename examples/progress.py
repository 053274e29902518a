"""How far a program is: a bar, if it is seen on a terminal and rich or tqdm is installed, else a line for each epoch."""

import sys
from contextlib import contextmanager


@contextmanager
def progress(title, total, done=0):
    """Gives ``report(text)``, which is to be called after each of the epochs ``done + 1`` to ``total``."""
    bar = (
        next(filter(None, (find() for find in (rich_bar, tqdm_bar)))) if sys.stdout.isatty() else plain_lines
    )
    with bar(title, total, done) as report:
        yield report


def rich_bar():
    try:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    except ImportError:
        return None

    @contextmanager
    def bar(title, total, done):
        text = TextColumn("{task.description}")
        with Progress(text, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) as shown:
            task = shown.add_task(title, total=total, completed=done)
            yield lambda text: shown.update(task, advance=1, description=f"{title}: {text}")

    return bar


def tqdm_bar():
    try:
        from tqdm import tqdm
    except ImportError:
        return plain_lines

    @contextmanager
    def bar(title, total, done):
        with tqdm(desc=title, total=total, initial=done, file=sys.stdout) as shown:

            def report(text):
                shown.set_postfix_str(text, refresh=False)
                shown.update()

            yield report

    return bar


@contextmanager
def plain_lines(title, total, done):
    epochs = iter(range(done + 1, total + 1))
    yield lambda text: print(f"{title}: epoch {next(epochs)}: {text}", flush=True)
