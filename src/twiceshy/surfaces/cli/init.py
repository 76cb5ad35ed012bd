"""See what this repository knows, and let twiceshy speak at the right moment: at a commit, and before an agent acts.

On a terminal you are asked, one question at a time; Enter means no. Otherwise only what you name is installed. What is
there already is never overwritten, and --remove takes out what was put in.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from twiceshy.errors import CANNOT_RUN, OK
from twiceshy.jobs import setup
from twiceshy.project import Project
from twiceshy.surfaces.cli._terminal import ask_yes, is_interactive, open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--git-hook", action="store_true", help="ask twiceshy at every commit")
    parser.add_argument("--pre-commit", nargs="?", const="", metavar="URL", help="the same, in .pre-commit-config.yaml")
    parser.add_argument(
        "--agent", action="append", default=[], choices=setup.AGENTS, help="tell an agent before it acts"
    )
    parser.add_argument("--config", action="store_true", help="write a twiceshy.toml with everything commented out")
    parser.add_argument("--all", action="store_true", help="all that makes sense here, but no twiceshy.toml")
    parser.add_argument("--remove", action="store_true", help="take out what is named, or all that init put in")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Exit 2 if something that was asked for is left to do by hand."""
    from twiceshy.adapters.hookfiles import text_at

    with open_project() as project:
        site, names = _site(project, options), _named(options)
        plan = partial(setup.plan, site, read=partial(text_at, inside=(site.root, site.common_dir)))
        if options.remove:
            return _carry_out(plan(names, removing=True), site, options)
        if not options.dry_run:
            put(_summary(project))
        offered = setup.offers(plan, project.exists)
        if options.all or (options.dry_run and not names):
            names |= set(offered)
        return _carry_out(plan(names or _wanted(offered, plan)), site, options)


def _summary(project: Project) -> str:
    speaking = sum(not asleep for _, asleep in project.graveyard.listed())
    return setup.summary(project.status(), speaking)


def _site(project: Project, options: argparse.Namespace) -> setup.Site:
    from twiceshy import __version__
    from twiceshy.adapters.configuration import SETTINGS
    from twiceshy.adapters.hookfiles import installed, published_at

    return setup.Site(
        root=project.root,
        common_dir=project.place.common_dir,
        hooks_dir=str(project.git.hooks_dir()),
        **installed(),
        version=__version__,
        source=options.pre_commit or published_at(),
        settings=SETTINGS,
        configured="" if options.remove else project.configuration.origin,
    )


def _named(options: argparse.Namespace) -> set[str]:
    named = {"git-hook": options.git_hook, "pre-commit": options.pre_commit is not None, "config": options.config}
    return {*options.agent, *(name for name, is_named in named.items() if is_named)}


def _wanted(offered: dict[str, str], plan: Callable[[set[str]], list[setup.Step]]) -> set[str]:
    """What the person says yes to of what is not there yet; where nobody can be asked, how to say it."""
    missing = [name for name in offered if any(step.changes or step.refusal for step in plan({name}))]
    if not missing:
        put("All that makes sense here is installed.")
    if is_interactive():
        return {name for name in missing if ask_yes(offered[name])}
    for name in missing:
        put(f"{offered[name]}  twiceshy init --{f'agent {name}' if name in setup.AGENTS else name}")
    return set()


def _carry_out(steps: list[setup.Step], site: setup.Site, options: argparse.Namespace) -> int:
    from twiceshy.adapters.hookfiles import carry_out

    for step in steps:
        if step.changes and not options.dry_run:
            carry_out(step.part.path, step.before, step.after, executable=step.part.executable)
        put(setup.told(step, site.root, removing=options.remove, dry_run=options.dry_run))
    if options.remove:
        return OK
    if any(step.changes for step in steps) and not options.dry_run:
        put("To undo it: twiceshy init --remove")
    return CANNOT_RUN if any(step.refusal for step in steps) else OK
