package io.flowforge.observability.endpoint;

import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Reads all findings. A service's own source that fails does not hide those of the
 * others: its failure becomes a finding.
 */
final class FindingsReader {

	private static final Log logger = LogFactory.getLog(FindingsReader.class);

	private FindingsReader() {
	}

	static List<Finding> read(List<Findings> sources) {
		return sources.stream().flatMap(FindingsReader::read).distinct().toList();
	}

	private static Stream<Finding> read(Findings source) {
		String name = source.getClass().getName();
		try {
			return source.find().stream();
		}
		catch (RuntimeException | LinkageError ex) {
			// The message of the exception may hold a secret, so it is left out.
			logger.debug("The findings of %s cannot be read.".formatted(name), ex);
			return Stream.of(new Finding(name,
					"The findings of this bean cannot be read: it throws %s. Set the log level of %s to debug for details."
						.formatted(ex.getClass().getName(), FindingsReader.class.getName())));
		}
	}

}
