"""Real shells that complete command lines with the scripts of `acmrules completion`."""

import os
import pty
import re
import select
import shutil
import subprocess
import time
from contextlib import contextmanager

import pytest

_SECONDS = 60

_BASH = r"""
while IFS= read -r line; do
    COMP_LINE=$line COMP_POINT=${#line}
    # Readline splits words at spaces, and before and after `=` and `:`.
    spaced=$(sed -E 's/([=:]+)/\n\1\n/g; s/ /\n \n/g' <<<"$line")
    COMP_WORDS=() blank=1
    while IFS= read -r part; do
        if [[ $part == ' ' ]]; then blank=1
        elif [[ -n $part ]]; then COMP_WORDS+=("$part"); blank=
        fi
    done <<<"$spaced"
    [[ -n $blank ]] && COMP_WORDS+=('')
    COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
    set -u
    _acmrules acmrules "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    set +u
    printf '%s\n' "${COMPREPLY[@]}"
    echo "=="
done
"""

_FISH = """
while read -l line
    complete -C "$line" | string replace -r '\\t.*' ''
    echo "=="
end
"""

# A widget completes each line, and a wrapper of `compadd` writes the matches to a file.
_ZSH = r"""
PROMPT= RPROMPT=
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
    local -a hits
    local -A before
    builtin compadd -A hits "$@"
    zparseopts -E -A before P: p: S: s: f=folders
    local hit folder
    for hit in $hits; do
        folder=
        [[ " ${@[1,(i)(-|--)]} " == *' -'[[:alnum:]]#f* && -d $before[-p]$hit ]] && folder=/
        print -r -- "$IPREFIX$before[-P]$before[-p]$hit$folder" >> $ANSWERS
    done
    builtin compadd "$@"
}
complete-all() {
    local line
    while IFS= read -r line; do
        BUFFER=$line CURSOR=$#line
        zle complete-silently
        print -r -- "==" >> $ANSWERS
    done < $QUESTIONS
    print end >> $ANSWERS
    BUFFER=exit
    zle accept-line
}
_silently() { _main_complete; compstate[insert]= compstate[list]= }
zle -C complete-silently complete-word _silently
zle -N complete-all
bindkey '^X' complete-all
print ready >> $ANSWERS
"""


def completions(shell, script, lines, folder):
    """Return what a shell offers at the end of each line, in a folder.

    Skips the test where the shell is absent.
    """
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    return _DRIVERS[shell](script, lines, folder)


def _answers(text, lines):
    """Return the lines of each answer, which ends in `==`."""
    answers = [part.split("\n") for part in re.split(r"(?m)^==\n", text)[:-1]]
    assert len(answers) == len(lines), text
    return [[word.rstrip() for word in words if word] for words in answers]


def _by_input(command, lines, folder):
    run = subprocess.run(
        command,
        input="".join(f"{line}\n" for line in lines),
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert not run.stderr
    return _answers(run.stdout, lines)


def _environment(folder):
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


def _bash(script, lines, folder):
    command = ["bash", "--norc", "-c", f'source "$0"\n{_BASH}', script]
    return _by_input(command, lines, folder)


def _fish(script, lines, folder):
    command = ["fish", "--no-config", "-c", f"source {script}\n{_FISH}"]
    return _by_input(command, lines, folder)


def _zsh(script, lines, folder):
    """Drive an interactive zsh, because only its line editor completes."""
    questions, answers = script.parent / "questions", script.parent / "answers"
    driver = script.parent / "driver.zsh"
    questions.write_text("".join(f"{line}\n" for line in lines))
    answers.write_text("")
    driver.write_text(
        f"autoload -U compinit && compinit -D -u\nsource {script}\n"
        f"QUESTIONS={questions} ANSWERS={answers}\n{_ZSH}"
    )
    with _interactive(["zsh", "-f", "-i"], folder) as end:
        os.write(end, f" source {driver}\n".encode())
        said = _wait(end, answers, "ready\n")
        os.write(end, b"\x18")
        said += _wait(end, answers, "end\n")
    text = answers.read_text().removeprefix("ready\n").removesuffix("end\n")
    assert not re.search(r"_acmrules\w*:.*", said), said
    return _answers(text, lines)


@contextmanager
def _interactive(command, folder):
    """Run a shell on a terminal of its own, and yield the end that a person would type into."""
    end, shell_end = pty.openpty()
    with subprocess.Popen(
        command,
        stdin=shell_end,
        stdout=shell_end,
        stderr=shell_end,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    ) as shell:
        os.close(shell_end)
        try:
            yield end
        finally:
            shell.kill()
    os.close(end)


def _wait(terminal, file, ending):
    """Read a terminal until a file has an ending, and return what was read."""
    said, until = b"", time.monotonic() + _SECONDS
    while not file.read_text().endswith(ending):
        if time.monotonic() > until:
            raise AssertionError(said.decode("utf-8", "replace"))
        if select.select([terminal], [], [], 0.02)[0]:
            said += os.read(terminal, 65536)
    return said.decode("utf-8", "replace")


_DRIVERS = {"bash": _bash, "zsh": _zsh, "fish": _fish}


def typed(lines, keys, folder):
    """Return the arguments of `acmrules` for keys that are typed into an interactive bash.

    `lines` are commands that run first.
    """
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    answers = folder.parent / "arguments"
    answers.write_text("")
    with _interactive(["bash", "--noprofile", "--norc", "-i"], folder) as end:
        record = f"acmrules() {{ printf '%s\\n' \"$@\" end >{answers}; }}"
        setup = "".join(f"{line}\n" for line in (*lines, record, f"echo ready >{answers}"))
        os.write(end, setup.encode())
        _wait(end, answers, "ready\n")
        os.write(end, f"{keys}\n".encode())
        _wait(end, answers, "end\n")
    return answers.read_text().splitlines()[:-1]
