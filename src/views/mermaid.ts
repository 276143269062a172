/**
 * A causal map as a Mermaid flowchart, which many sites and editors draw where they show Markdown. The kinds of nodes
 * have a shape each, so that nothing is told by colour alone. Whatever a writer has put into a label stays text there.
 */
import type { CausalMap, MapEdge, MapNode } from '../model/causal-map.ts';

export function mermaidText({ nodes, edges }: CausalMap): string {
  const lines = [
    ...nodes.map((node) => `  ${nodeText(node)}`),
    ...edges.map((edge) => `  ${edgeText(edge)}`),
  ];
  return `${['flowchart LR', ...lines].join('\n')}\n`;
}

function nodeText({ id, kind, name, label, unit }: MapNode): string {
  const meaning = label === name ? '' : `: ${label}`;
  // A name comes first, since Mermaid would take a label that begins as a list or a heading for one.
  const text = `"${escaped(`${name}${meaning}${unit === '' ? '' : ` (${unit})`}`)}"`;
  const safe = safeId(id);
  switch (kind) {
    case 'input':
      return `${safe}([${text}])`;
    case 'lever':
      return `${safe}[/${text}/]`;
    case 'series':
      return `${safe}[\\${text}\\]`;
    case 'let':
      return `${safe}(${text})`;
    case 'definition':
      return `${safe}{${text}}`;
    case 'event':
      return `${safe}((${text}))`;
    case 'decision':
      return `${safe}[/${text}\\]`;
    case 'tie':
      return `${safe}[\\${text}/]`;
    case 'flow':
      return `${safe}{{${text}}}`;
    case 'stock':
      return `${safe}[${text}]`;
    case 'table':
      return `${safe}[(${text})]`;
    case 'measure':
      return `${safe}[[${text}]]`;
    case 'claim':
      return `${safe}>${text}]`;
  }
}

function edgeText({ from, to, kind }: MapEdge): string {
  const [start, end] = [safeId(from), safeId(to)];
  switch (kind) {
    case 'reads':
      return `${start} --> ${end}`;
    case 'means':
      return `${start} -.->|"or"| ${end}`;
    case 'starts':
      return `${start} -.->|"start"| ${end}`;
    case 'fills':
      return `${start} ==>|"+"| ${end}`;
    case 'drains':
      // The sign for minus, as a hyphen would open a list.
      return `${start} ==>|"−"| ${end}`;
    case 'limits':
    case 'calibrates':
    case 'sets':
    case 'moves':
    case 'because':
    case 'with':
      return `${start} -.->|"${kind}"| ${end}`;
  }
}

/** The kind in front keeps a name such as `end` from being a word of Mermaid. */
const safeId = (id: string): string =>
  id
    .replace(':', '_')
    .replaceAll(/[^A-Za-z0-9_]/gu, (character) => `_u${character.codePointAt(0)?.toString(16)}_`);

/** As Mermaid's own entities: quotes would end the label, and marks of HTML and Markdown would be obeyed. */
const escaped = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/["#&<>`*\\]/g, (character) => `#${character.codePointAt(0)};`);
