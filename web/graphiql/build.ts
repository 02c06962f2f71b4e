/** Bundles GraphiQL into the Python package; xogql/api/ide.py serves what comes out. */
import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

const HERE = import.meta.dir;
const OUT = join(HERE, "../../xogql/web/graphiql");
const ASSETS = "/graphql/assets/";
const HASHED = "[name]-[hash].[ext]";
const WORKERS = {
  editor: "monaco-editor/esm/vs/editor/editor.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
};

const workers = await bundled(
  Object.values(WORKERS).map((each) => Bun.resolveSync(each, HERE)),
  { entry: HASHED },
);
const page = await bundled([join(HERE, "src/index.html")], {
  entry: "[name].[ext]",
  define: { WORKERS: JSON.stringify(addresses()) },
});
const html = await page.outputs.find(({ path }) => path.endsWith(".html"))!.text();

await rm(OUT, { recursive: true, force: true });
for (const each of [...workers.outputs, ...page.outputs]) {
  const name = basename(each.path);
  // Bun writes the style sheets of chunks too, though the page's one holds them already.
  if (!name.endsWith(".html") && (!name.endsWith(".css") || html.includes(name))) {
    const compressed = Bun.gzipSync(await each.arrayBuffer(), { level: 9 });
    await Bun.write(join(OUT, "assets", `${name}.gz`), compressed);
  }
}
await Bun.write(join(OUT, "licenses.txt"), await licenses());
await Bun.write(join(OUT, "index.html"), html);

function bundled(entrypoints: string[], { entry, define }: { entry: string; define?: object }) {
  return Bun.build({
    entrypoints,
    naming: { entry, chunk: HASHED, asset: HASHED },
    publicPath: ASSETS,
    define: { "process.env.NODE_ENV": '"production"', ...define },
    minify: true,
    splitting: true,
    metafile: true,
  });
}

/** Where each worker is served. */
function addresses(): Record<string, string> {
  const built = workers.outputs.filter(({ kind }) => kind === "entry-point");
  return Object.fromEntries(
    Object.entries(WORKERS).map(([label, source]) => {
      const stem = `${basename(source, ".js")}-`;
      const name = built.map(({ path }) => basename(path)).find((each) => each.startsWith(stem))!;
      return [label, ASSETS + name];
    }),
  );
}

/** The licences of every package that is in the bundle, as they ask for. */
async function licenses(): Promise<string> {
  const inputs = [workers, page].flatMap(({ metafile }) => Object.keys(metafile!.inputs));
  const folders = inputs.flatMap((each) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(each)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const name = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const { name: title, version, license } = await Bun.file(join(folder, "package.json")).json();
    const text = name ? await Bun.file(join(folder, name)).text() : `${license}\n`;
    return `${title} ${version}\n\n${text}`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
