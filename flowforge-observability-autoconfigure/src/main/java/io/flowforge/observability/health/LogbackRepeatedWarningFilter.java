package io.flowforge.observability.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Makes Logback drop the warnings that an indicator's own logger logs while the indicator
 * is called again.
 */
final class LogbackRepeatedWarningFilter extends TurboFilter implements RepeatedWarningFilter {

	private final ThreadLocal<String> loggerName = new ThreadLocal<>();

	@Override
	public @Nullable Health runAgain(HealthIndicator indicator) {
		this.loggerName.set(indicator.getClass().getName());
		try {
			return indicator.health();
		}
		finally {
			this.loggerName.remove();
		}
	}

	@Override
	public void activate(boolean active) {
		// SLF4J may use another logging library although Logback is on the class path.
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			if (active) {
				context.getTurboFilterList().addIfAbsent(this);
			}
			else {
				context.getTurboFilterList().remove(this);
			}
		}
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] params, @Nullable Throwable throwable) {
		return (level == Level.WARN && logger.getName().equals(this.loggerName.get())) ? FilterReply.DENY
				: FilterReply.NEUTRAL;
	}

}
