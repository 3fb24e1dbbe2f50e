import htm from "htm";
import { h, type VNode } from "preact";

type Html = (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** JSX without a build. What stands in `${}` becomes text or a property, never markup. */
export const html = (htm as unknown as { bind(create: typeof h): Html }).bind(h);
