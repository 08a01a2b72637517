"""What every avvisi command shares: its options, its way of printing, its way of failing.

A command is a plain click command whose first argument is a ``Command``:

    @click.command()
    @common
    def show(command: Command, ...): ...
"""

import functools
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any, NoReturn

import click

from store.errors import AvvisiError
from store.logs import JsonFormatter, TextFormatter, escape

DEFAULT_DATABASE = "sqlite:///avvisi.db"


@dataclass(frozen=True, kw_only=True)
class Command:
    """The options that every command takes."""

    database_url: str
    sources: str | None
    json: bool
    quiet: bool
    verbose: bool
    log_format: str = "text"

    @property
    def shows_progress(self) -> bool:
        """Whether a person is watching standard error."""
        return not self.quiet and sys.stderr.isatty()

    def say(self, line: str) -> None:
        """Tell the person, on standard error; silent with --quiet."""
        if not self.quiet and self.log_format == "json":
            logging.getLogger("avvisi").info(line)
        elif not self.quiet:
            click.echo(escape(line, keep="\n\t"), err=True)

    def with_logs(self, log_format: str) -> "Command":
        """Log in this format from now on; what is said to a person becomes an event, too."""
        configure_logging(quiet=self.quiet, verbose=self.verbose, log_format=log_format)
        return replace(self, log_format=log_format)

    def print_json(self, value: object) -> None:
        """Print the machine-readable result, one line of JSON, on standard output."""
        click.echo(json.dumps(value, ensure_ascii=False))


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of all commands, handed over as one ``Command``; turn its errors into one line."""

    @click.option("--database", "database_url", metavar="URL", envvar="AVVISI_DATABASE_URL", default=DEFAULT_DATABASE,
                  show_default=True, help="Where records are kept. [env: AVVISI_DATABASE_URL]")
    @click.option("--sources", metavar="PATH", envvar="AVVISI_SOURCES", default=None,
                  help="A TOML file of sources or a folder of them; the built-in catalogue by default. "
                       "[env: AVVISI_SOURCES]")
    @click.option("--json", "as_json", is_flag=True, help="Print a machine-readable result on standard output.")
    @click.option("--quiet", "-q", is_flag=True, help="Say nothing but the result and errors.")
    @click.option("--verbose", "-v", is_flag=True, help="Log each step to standard error.")
    @functools.wraps(function)
    def wrapper(database_url: str, sources: str | None, as_json: bool, quiet: bool, verbose: bool,
                **options: Any) -> Any:
        configure_logging(quiet=quiet, verbose=verbose)
        _prepare_output(as_json=as_json)
        command = Command(database_url=database_url, sources=sources, json=as_json, quiet=quiet, verbose=verbose)
        try:
            return function(command, **options)
        except AvvisiError as error:
            fail(str(error), error.exit_status)
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # the edge: a fault of ours is one clear line, too
            logging.getLogger("avvisi").info("the command failed", exc_info=True)
            fail(f"internal error: {type(error).__name__}: {error} (--verbose shows where)")

    return wrapper


class WrongUsage(click.ClickException):
    """Words on the command line that click refuses: one line, as every other error of ours."""

    exit_code = 2

    def __init__(self, error: click.UsageError) -> None:
        said = error.format_message().strip().removesuffix(".")
        path = error.ctx.command_path if error.ctx else "avvisi"
        super().__init__(f"{said[:1].lower()}{said[1:]}{'' if said.endswith('?') else ';'} `{path} --help` tells more")

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"avvisi: {' '.join(self.message.split())}", err=True, file=file)


@contextmanager
def in_one_line() -> Iterator[None]:
    """Let click's complaints be one line; its help for a group without a command stays whole."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise WrongUsage(error) from error


def _prepare_output(*, as_json: bool) -> None:
    """Have a terminal without UTF-8 show escapes, and JSON be UTF-8 whatever the terminal."""
    if as_json and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    elif hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


log_format_option = click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True, envvar="AVVISI_LOG_FORMAT",
    help="Write logs as lines for people, or a JSON object an event. [env: AVVISI_LOG_FORMAT]",
)


def configure_logging(*, quiet: bool, verbose: bool, log_format: str = "text") -> None:
    """Send logs to standard error: warnings by default, all steps with --verbose, errors with --quiet."""
    level = logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("avvisi").setLevel(logging.INFO if log_format == "json" and not quiet else logging.NOTSET)
    if not verbose:  # what goes wrong in a crawl is in its report, in our words
        logging.getLogger("scrapy").setLevel(logging.CRITICAL)


def fail(message: str, status: int = 1) -> NoReturn:
    """End with one clear line on standard error, or with one for each problem where there are several."""
    for line in message.splitlines():
        click.echo(f"avvisi: {' '.join(line.split())}", err=True)
    sys.exit(status)
