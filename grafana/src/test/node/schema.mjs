// Compiles dashboards against the types that Grafana publishes. Each file becomes a literal in TypeScript as it is. The types of its
// panels, queries, annotations and variables are added in the same line, so that an error has the line of the file.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

// The package with the types of a version of Grafana, then the dashboards.
const [schema, ...dashboards] = process.argv.slice(2);
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const sources = new Map(
  dashboards.map((file) => [join(here, `${basename(file)}.ts`), typed(file)])
);

function typed(file) {
  const json = readFileSync(file, 'utf8');
  const marks = [];
  const root = ts.parseJsonText(file, json).statements[0].expression;
  const property = (node, name) =>
    node && ts.isObjectLiteralExpression(node)
      ? node.properties.find((each) => each.name.text === name)?.initializer
      : undefined;
  const text = (node) => node?.text ?? '';
  const elements = (node) => node?.elements ?? [];
  const mark = (node, type) => node && marks.push([node.end, ` satisfies types.${type}`]);
  const source = (node) => JSON.stringify(text(property(property(node, 'datasource'), 'type')));

  const panel = (node) => {
    const type = text(property(node, 'type'));
    elements(property(node, 'targets')).forEach((target) => mark(target, `Target[${source(target)}]`));
    elements(property(node, 'panels')).forEach(panel);
    mark(node, type === 'row' ? 'Row' : `Panel<${JSON.stringify(type)}>`);
  };
  elements(property(root, 'panels')).forEach(panel);
  elements(property(property(root, 'annotations'), 'list')).forEach((annotation) => {
    // Asked in the name of the annotation, which is where its data source is.
    const target = property(annotation, 'target');
    mark(target, `Unsourced<types.Target[${source(annotation)}]>`);
    mark(annotation, 'Annotation');
  });
  elements(property(property(root, 'templating'), 'list'))
    .filter((variable) => text(property(variable, 'type')) === 'query')
    .forEach((variable) => mark(property(variable, 'query'), `VariableQuery[${source(variable)}]`));

  const literal = marks
    .sort(([one], [other]) => other - one)
    .reduce((all, [at, what]) => all.slice(0, at) + what + all.slice(at), json);
  return `import type * as types from './types.js'; export const dashboard: types.Dashboard = ${literal};`;
}

const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  paths: {
    '@grafana/schema': [join(here, 'node_modules', schema)],
    '@grafana/schema/*': [join(here, 'node_modules', schema, '*')],
  },
};
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (name) => sources.has(name) || fileExists(name);
host.readFile = (name) => sources.get(name) ?? readFile(name);
host.getSourceFile = (name, version, ...rest) =>
  sources.has(name)
    ? ts.createSourceFile(name, sources.get(name), version)
    : getSourceFile(name, version, ...rest);

const errors = ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host));
for (const { file, start, messageText } of errors) {
  const where = file
    ? `${basename(file.fileName, '.ts')}:${file.getLineAndCharacterOfPosition(start).line + 1}: `
    : '';
  console.log(where + ts.flattenDiagnosticMessageText(messageText, '\n'));
}
process.exitCode = errors.length > 0 ? 1 : 0;
