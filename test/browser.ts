// A real browser for pages that Weft writes: the Chromium that comes as an npm package, spoken to through a pipe, with JavaScript off.
import { spawn, type ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import type { Readable, Writable } from "node:stream";
import chromium from "@sparticuz/chromium";

const FLAGS = [
  ...["--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--no-first-run", "--hide-scrollbars"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
  ...["--disable-dev-shm-usage", "--remote-debugging-pipe", "about:blank"],
];

/** What a page turned out to be. */
export interface Opened {
  /** What the page asked for besides itself. */
  readonly requested: readonly string[];
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Value of an expression in the page. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** The whole page as PNG. */
  readonly screenshot: () => Promise<Buffer>;
}

type Scheme = "light" | "dark";

/** Opens a file as a page as wide as a window, for as long as `use` runs. Scripts of the page do not run. */
export async function withPage<T>(
  path: string,
  { scheme, width }: { readonly scheme: Scheme; readonly width: number },
  use: (page: Opened) => Promise<T>,
): Promise<T> {
  const browser = spawn(await chromium.executablePath(), FLAGS, {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  try {
    const pipe = new Pipe(browser);
    const { targetId } = await pipe.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await pipe.send("Target.attachToTarget", { targetId, flatten: true });
    const send = (method: string, params: object = {}): Promise<Json> =>
      pipe.send(method, params, String(sessionId));
    for (const domain of ["Page", "Network", "Log"]) await send(`${domain}.enable`);
    await send("Emulation.setDeviceMetricsOverride", {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    await send("Emulation.setScriptExecutionDisabled", { value: true });
    const url = pathToFileURL(path).href;
    const loaded = pipe.event("Page.loadEventFired");
    await send("Page.navigate", { url });
    await loaded;
    return await use({
      requested: pipe.requests.filter((each) => each !== url),
      complaints: pipe.complaints,
      evaluate: async (expression) => {
        const { result } = await send("Runtime.evaluate", { expression, returnByValue: true });
        return (result as Json)["value"];
      },
      screenshot: async () => {
        const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
        return Buffer.from(String(data), "base64");
      },
    });
  } finally {
    browser.kill("SIGKILL");
  }
}

type Json = Readonly<Record<string, unknown>>;

/** The browser's protocol: JSON messages, each ended by a zero byte. */
class Pipe {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];
  readonly #answers = new Map<number, (message: Json) => void>();
  readonly #events = new Map<string, () => void>();
  readonly #input: Writable;
  #rest = "";
  #last = 0;

  constructor(browser: ChildProcess) {
    const [, , , input, output] = browser.stdio;
    this.#input = input as Writable;
    (output as Readable).setEncoding("utf8").on("data", (text: string) => {
      const messages = (this.#rest + text).split("\0");
      this.#rest = messages.pop() ?? "";
      for (const each of messages) this.#take(JSON.parse(each) as Json);
    });
  }

  async send(method: string, params: object, sessionId?: string): Promise<Json> {
    const id = ++this.#last;
    const answer = new Promise<Json>((resolve) => this.#answers.set(id, resolve));
    this.#input.write(
      `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
    );
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return (result ?? {}) as Json;
  }

  event(method: string): Promise<void> {
    return new Promise((resolve) => this.#events.set(method, resolve));
  }

  #take(message: Json): void {
    const { id, method, params } = message as {
      readonly id?: number;
      readonly method?: string;
      readonly params?: Json;
    };
    if (id !== undefined) this.#answers.get(id)?.(message);
    if (method === undefined) return;
    if (method === "Network.requestWillBeSent")
      this.requests.push(String((params?.["request"] as Json)["url"]));
    if (method === "Log.entryAdded") this.complaints.push(String((params?.["entry"] as Json)["text"]));
    this.#events.get(method)?.();
  }
}
