import { render } from "preact";
import { App } from "./app.ts";
import { html } from "./dom.ts";
import { theme, wearTheme } from "./theme.ts";

wearTheme(theme());
render(html`<${App} />`, document.getElementById("app")!);
