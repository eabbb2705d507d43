/** `fridayproof completion`: the script that makes a shell complete verbs, options, stacks and logical names. */
import { Argument } from "commander";
import type { Verb } from "../context/verb";

/** Each script calls `__complete`, so that it needs no update when verbs change. */
const SCRIPTS = {
  bash: `_fridayproof() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null))
}
complete -o default -F _fridayproof fridayproof
`,
  zsh: `#compdef fridayproof
_fridayproof() {
  local -a names
  names=("\${(@f)$(fridayproof __complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  compadd -a names
}
# Read from a folder of fpath this file is the function's first call; sourced, it only says whose function it is.
if [[ "\${funcstack[1]}" == _fridayproof ]]; then _fridayproof "$@"; else compdef _fridayproof fridayproof; fi
`,
  fish: `complete -c fridayproof -f -a '(fridayproof __complete -- (commandline -opc)[2..-1] (commandline -ct) 2> /dev/null)'
`,
} as const;

/** Options and action. */
export const verb: Verb = (command) => {
  command
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => void process.stdout.write(SCRIPTS[shell]));
};
