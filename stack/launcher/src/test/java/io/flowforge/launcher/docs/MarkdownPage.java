package io.flowforge.launcher.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of the documentation.
 *
 * @param file its file
 * @param text all of it
 * @param links where its links and images lead, as they are written
 * @param anchors what a link to one of its headings ends with
 * @param code what is set as code, within a line or as a block
 * @param blocks its blocks of code
 */
record MarkdownPage(Path file, String text, List<String> links, Set<String> anchors, List<String> code,
		List<Block> blocks) {

	private static final Parser PARSER = Parser.builder().build();

	private static final Pattern NOT_IN_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");

	private static final Pattern NO_PROSE = Pattern
		.compile("(?ms)^ *```.*?^ *```$|^(\\||#|<|\\[?!\\[).*?$|\\]\\(\\S+\\)");

	private static final Pattern WORD = Pattern.compile("\\S*[\\p{L}\\p{N}]\\S*");

	static MarkdownPage read(Path file) {
		String text;
		try {
			text = Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Contents contents = new Contents();
		PARSER.parse(text).accept(contents);
		return new MarkdownPage(file, text, contents.links, contents.anchors, contents.code, contents.blocks);
	}

	long words() {
		return WORD.matcher(this.text).results().count();
	}

	/**
	 * The lines of text, without tables, code and where links lead.
	 * @return the lines
	 */
	List<String> prose() {
		return NO_PROSE.matcher(this.text).replaceAll("").lines().toList();
	}

	/**
	 * The blocks of a language.
	 * @param language what stands behind the fence, such as {@code yaml}
	 * @return the text of each
	 */
	List<String> blocks(String language) {
		return this.blocks.stream().filter((block) -> block.language().equals(language)).map(Block::text).toList();
	}

	/**
	 * A block of code.
	 *
	 * @param language what stands behind the fence, empty if nothing does
	 * @param text the code
	 */
	record Block(String language, String text) {

	}

	private static final class Contents extends AbstractVisitor {

		private final List<String> links = new ArrayList<>();

		private final Set<String> anchors = new LinkedHashSet<>();

		private final Map<String, Integer> headings = new HashMap<>();

		private final List<String> code = new ArrayList<>();

		private final List<Block> blocks = new ArrayList<>();

		@Override
		public void visit(Link link) {
			this.links.add(link.getDestination());
			visitChildren(link);
		}

		@Override
		public void visit(Image image) {
			this.links.add(image.getDestination());
			visitChildren(image);
		}

		@Override
		public void visit(Code span) {
			this.code.add(span.getLiteral());
		}

		@Override
		public void visit(FencedCodeBlock block) {
			this.code.add(block.getLiteral());
			this.blocks.add(new Block(block.getInfo(), block.getLiteral()));
		}

		// As GitHub makes them.
		@Override
		public void visit(Heading heading) {
			String anchor = NOT_IN_AN_ANCHOR.matcher(plain(heading).toLowerCase(Locale.ROOT))
				.replaceAll("")
				.replace(' ', '-');
			int before = this.headings.merge(anchor, 1, Integer::sum) - 1;
			this.anchors.add((before > 0) ? anchor + "-" + before : anchor);
			visitChildren(heading);
		}

		private static String plain(Node heading) {
			StringBuilder text = new StringBuilder();
			heading.accept(new AbstractVisitor() {

				@Override
				public void visit(Text node) {
					text.append(node.getLiteral());
				}

				@Override
				public void visit(Code node) {
					text.append(node.getLiteral());
				}

			});
			return text.toString();
		}

	}

}
