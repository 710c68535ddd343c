// Parses each LogQL and TraceQL query of dashboards with the grammar of Grafana's own editors, after its variables have been
// replaced as Grafana replaces them.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';

const parsers = { loki: logql, tempo: traceql };
const times = { __interval: '15s', __rate_interval: '1m', __auto: '15s', __range: '1h' };
const numbers = { __interval_ms: '15000', __range_ms: '3600000', __range_s: '3600' };
const escaped = (value) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
const problems = [];
let count = 0;

// What Grafana puts there for a variable: the value that is chosen, or for all of them what the variable says.
function valueOf(variable, format, language) {
  const chosen = [variable.current?.value ?? []].flat();
  if (chosen.includes('$__all') && variable.allValue) {
    return variable.allValue;
  }
  const values = chosen.length > 0 && !chosen.includes('$__all') ? chosen : ['one-value', 'another'];
  if (variable.multi || variable.includeAll || format === 'regex' || format === 'pipe') {
    const texts = values.map((value) => (format === 'pipe' ? value : escaped(value)));
    const alternatives = texts.length > 1 && format !== 'pipe' ? `(${texts.join('|')})` : texts.join('|');
    // A regular expression stands in quotes, in which a backslash is two; between backticks, and where it is asked for, one.
    return language === 'loki' && !format ? alternatives.replaceAll('\\', '\\\\') : alternatives;
  }
  return values[0];
}

function replaced(query, variables, language, where) {
  return query.replace(/\$(\w+)|\$\{(\w+)(?::(\w+))?\}/g, (text, plain, braced, format) => {
    const name = plain ?? braced;
    const builtIn = times[name] ?? numbers[name];
    const variable = variables.find((each) => each.name === name);
    if (builtIn === undefined && !variable) {
      problems.push(`${where}: the dashboard has no variable ${text}\n  ${query}`);
    }
    return builtIn ?? (variable ? valueOf(variable, format, language) : text);
  });
}

function check(query, language, variables, where) {
  count++;
  const text = replaced(query, variables, language, where);
  let error;
  parsers[language].parse(text).iterate({
    enter: (node) => {
      error ??= node.type.isError ? node.from : undefined;
    },
  });
  if (error !== undefined || text.trim() === '') {
    const at = error ?? 0;
    const line = text.slice(0, at).split('\n').length;
    const column = at - text.lastIndexOf('\n', at - 1);
    problems.push(
      `${where}: no ${language === 'loki' ? 'LogQL' : 'TraceQL'} at line ${line}, column ${column}\n` +
        `${text.slice(0, at)}<HERE>${text.slice(at)}`
    );
  }
}

// Links into Explore carry queries of their own, as JSON in the address.
function* linked(value) {
  if (Array.isArray(value) || (value && typeof value === 'object')) {
    for (const [key, each] of Object.entries(value)) {
      if (key === 'url' && typeof each === 'string' && each.includes('/explore?')) {
        const address = new URL(each, 'http://grafana.example');
        for (const pane of Object.values(JSON.parse(address.searchParams.get('panes') ?? '{}'))) {
          yield* pane.queries;
        }
      } else if (key !== 'panels') {
        yield* linked(each);
      }
    }
  }
}

for (const file of process.argv.slice(2)) {
  const dashboard = JSON.parse(readFileSync(file, 'utf8'));
  const variables = dashboard.templating?.list ?? [];
  const query = (target, source, where) => {
    const language = (target.datasource ?? source)?.type;
    const text = target.expr ?? target.query ?? '';
    // With another type, Tempo's query is the id of a trace, or none.
    const other = language === 'tempo' && !['traceql', undefined].includes(target.queryType);
    if (language in parsers && !other) {
      check(text, language, variables, `${basename(file)}: ${where}`);
    }
  };
  const panels = (dashboard.panels ?? []).flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  for (const panel of panels) {
    for (const target of panel.targets ?? []) {
      query(target, panel.datasource, `panel '${panel.title}', query ${target.refId}`);
    }
    for (const target of linked(panel)) {
      query(target, undefined, `panel '${panel.title}', a link`);
    }
  }
  for (const annotation of dashboard.annotations?.list ?? []) {
    query(annotation.target ?? {}, annotation.datasource, `annotation '${annotation.name}'`);
  }
  for (const variable of variables.filter((each) => each.type === 'query' && each.query?.stream)) {
    query({ expr: variable.query.stream }, variable.datasource, `variable '${variable.name}'`);
  }
}
console.log(problems.length > 0 ? problems.join('\n') : `${count} queries`);
process.exitCode = problems.length > 0 ? 1 : 0;
