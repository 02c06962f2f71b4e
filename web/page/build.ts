/** Bundles the page into the Python package; xogql/api/page.py serves what comes out. */
import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

const HERE = import.meta.dir;
const OUT = join(HERE, "../../xogql/web/page");
const HASHED = "[name]-[hash].[ext]";

const page = await Bun.build({
  entrypoints: [join(HERE, "src/index.html")],
  naming: { entry: "[name].[ext]", chunk: HASHED, asset: HASHED },
  publicPath: "/assets/",
  define: { "process.env.NODE_ENV": '"production"' },
  minify: true,
  splitting: true,
  metafile: true,
});

await rm(OUT, { recursive: true, force: true });
for (const each of page.outputs) {
  const name = basename(each.path);
  if (name.endsWith(".html")) continue;
  const compressed = Bun.gzipSync(await each.arrayBuffer(), { level: 9 });
  await Bun.write(join(OUT, "assets", `${name}.gz`), compressed);
}
await Bun.write(join(OUT, "licenses.txt"), await licenses());
const html = page.outputs.find(({ path }) => path.endsWith(".html"))!;
await Bun.write(join(OUT, "index.html"), html);

/** The licences of every package that is in the bundle, as they ask for. */
async function licenses(): Promise<string> {
  const inputs = Object.keys(page.metafile!.inputs);
  const folders = inputs.flatMap((each) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(each)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const name = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const { name: title, version, license } = await Bun.file(join(folder, "package.json")).json();
    const text = name ? await Bun.file(join(folder, name)).text() : `${license}\n`;
    return `${title} ${version}\n\n${text}`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
