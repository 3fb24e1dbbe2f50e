import { code } from "../format.ts";

export const help = {
  intro: "*What you can type*",
  guest: "As a guest of this workspace you may look, but not act.",
  groups: {
    snapshots: "Snapshots",
    vm: "Switching a VM",
    looking: "Looking",
    help: "Help",
  },
  commands: {
    create: {
      usage: '/snapshot create <vm> [name] [--live | --off] [--reason "…"]',
      does: "take a snapshot; a card asks how",
      example: '/snapshot create web-01 --reason "kernel upgrade"',
    },
    before: {
      usage: '/snapshot before "why" <vm> [--live | --off]',
      does: "take a safety snapshot; you are asked later what shall become of it",
      example: '/snapshot before "kernel upgrade" web-01',
    },
    list: {
      usage: "/snapshot list [vm] [by:@anna] [why:upgrade] [older:30d] [newer:7d]",
      does: "show the snapshots of one VM or of all",
      example: "/snapshot list web-01",
    },
    status: { usage: "/snapshot status", does: "show what is running", example: "/snapshot status" },
    rename: {
      usage: '/snapshot rename <vm> <snapshot> [new name] [--reason "…"]',
      does: "give a snapshot another name",
      example: "/snapshot rename web-01 nightly before upgrade",
    },
    restore: {
      usage: "/snapshot restore <vm> [snapshot]",
      does: "go back to a snapshot; a dialog says first what would be lost",
      example: "/snapshot restore web-01 nightly",
    },
    delete: {
      usage: "/snapshot delete <vm> [snapshot]",
      does: "delete a snapshot; a dialog asks first",
      example: "/snapshot delete web-01 nightly",
    },
    on: { usage: '/snapshot on <vm> [--reason "…"]', does: "switch a VM on", example: "/snapshot on web-01" },
    shutdown: {
      usage: '/snapshot shutdown <vm> [--reason "…"]',
      does: "shut a VM down; a card asks first",
      example: "/snapshot shutdown web-01",
    },
    off: {
      usage: '/snapshot off <vm> [--reason "…"]',
      does: "power a VM off hard; a card asks first",
      example: "/snapshot off web-01",
    },
    cancel: {
      usage: "/snapshot cancel <vm>",
      does: "cancel your open request for a VM",
      example: "/snapshot cancel web-01",
    },
    history: {
      usage: "/snapshot history [vm] [by:@anna] [since:7d] [until:1d]",
      does: "show what was done, when and by whom",
      example: "/snapshot history web-01 since:7d",
    },
    may: {
      usage: "/snapshot may <what> <vm> [--live | --off]",
      does: "show whether you may do something here, and which rule says so",
      example: "/snapshot may restore web-01",
    },
    help: {
      usage: "/snapshot help [command]",
      does: "show more about one command",
      example: "/snapshot help create",
    },
  },
  bare: "`/snapshot` alone opens a dialog.",
  more: {
    create:
      "`--live` takes the snapshot while the VM runs. `--off` leaves only the way with a shutdown, which still needs your yes on the card. Without either, the card asks. A name with spaces goes in quotation marks; without a name the snapshot is called like the VM followed by the Unix time.",
    before:
      "What stands in quotation marks is kept as the reason. `--live` and `--off` are as for `create`. Some time after the snapshot is made you are asked in its thread and at Home: keep it, roll back, or delete it. Without an answer it stays.",
    list: 'Newest first. Snapshots that were made in the control panel are shown too. What to show can be narrowed down in any order: `by:@anna` who took it, `why:"kernel upgrade"` part of the reason, `older:30d` and `newer:7d` its age in days (`d`), hours (`h`) or minutes (`m`).',
    status: "Only you see the answer.",
    rename:
      "All words behind the snapshot, up to `--reason`, are its new name. Without a new name a dialog asks for it. A snapshot is named by its name or its id; a name with spaces goes in quotation marks.",
    restore:
      "All data on the VM is replaced by the snapshot's. Nothing is changed before you have confirmed it in the dialog, where a safety snapshot can be taken first. If it is not clear which snapshot is meant, Shutter asks; `latest` offers the newest one.",
    delete:
      "What is deleted cannot be brought back. Nothing is changed before you have confirmed it in the dialog. If it is not clear which snapshot is meant, Shutter asks.",
    on: "A VM that is running already is left alone.",
    shutdown: "The guest is asked to shut down in order. The VM stays off until somebody switches it on.",
    off: "Like pulling the plug: what is not yet written to disk is lost. `/snapshot shutdown` is the gentle way. The VM stays off until somebody switches it on.",
    cancel: "Possible until the snapshot has begun. If the VM is already off for it, it is switched on again.",
    history:
      "Newest first. What to show can be narrowed down in any order: `by:@anna` who did it, `since:7d` and `until:1d` how long ago in days (`d`), hours (`h`) or minutes (`m`).",
    may: "What you may ask about: `create`, `restore`, `delete`, `rename`, `on`, `shutdown`, `off`. The answer is for you, in this channel, at this moment; nothing is done. For `create` it says it for both ways. Where there are limits, it says how much of them is left.",
    help: "The commands are also understood in German. A VM is named by its name or host name; part of a name, or a tag such as `tag:prod`, brings a menu.",
  },

  /** What could not be understood; together with those in `answers`. */
  mistakes: {
    needSnapshot: (example: string) => `Which snapshot? For example ${code(example)}.`,
    needReason: (example: string) => `Before what, and for which VM? For example ${code(example)}.`,
    unknownFilter: (filter: string, more: string) =>
      `${code(filter)} cannot narrow this down. ${code(more)} shows what can. Nothing has been changed.`,
    badFilter: (typed: string, example: string) =>
      `Shutter cannot read ${code(typed)}. It is written like ${code(example)}. Nothing has been changed.`,
    filterTwice: (typed: string) =>
      `${code(typed)} narrows down what has been narrowed down already. Leave one of the two out. Nothing has been changed.`,
    newNameEmpty: "The new name is empty. Leave it out, and a dialog asks for it. Nothing has been changed.",
    /** How each filter is written. */
    filters: {
      by: "by:@anna",
      why: 'why:"kernel upgrade"',
      older: "older:30d",
      newer: "newer:7d",
      since: "since:7d",
      until: "until:1d",
    },
  },
};
