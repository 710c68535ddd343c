package io.flowforge.observability.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that users read is code that runs.
 */
class HowToTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");

	@Test
	void codeIsThatOfTheSample() throws IOException {
		String test = read("samples/orders-service/src/test/java/io/flowforge/samples/orders/OrdersServiceTests.java");
		List<String> blocks = CODE.matcher(read("docs/how-to/test-your-telemetry.md"))
			.results()
			.map((block) -> block.group(1))
			.toList();
		assertThat(blocks).hasSize(3)
			.allSatisfy((block) -> assertThat(withoutIndent(test)).contains(withoutIndent(block)));
	}

	private static String read(String file) throws IOException {
		return Files.readString(ROOT.resolve(file));
	}

	private static String withoutIndent(String code) {
		return code.replaceAll("(?m)^\\s+", "");
	}

}
