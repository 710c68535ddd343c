package io.flowforge.observability.redaction.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEvent.EventType;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Restores what this library has added to Logback after somebody else has reset it: a
 * configuration file with {@code scan="true"}, a {@code JoranConfigurator}, or Spring
 * Boot when another application of this JVM starts.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public abstract class LoggerContextWatcher {

	private final Listener listener = new Listener();

	/**
	 * Called when the appenders of all loggers are gone and every level is back to its
	 * default. The new configuration comes next.
	 * @param context what has been reset
	 */
	protected abstract void onReset(LoggerContext context);

	/**
	 * Called when the new configuration is complete.
	 * @param context what has been configured
	 */
	protected abstract void onConfigured(LoggerContext context);

	/**
	 * Start to watch a context, unless it is being watched.
	 * @param context the context
	 */
	protected final void watch(LoggerContext context) {
		this.listener.watch(context);
	}

	/**
	 * Stop watching a context.
	 * @param context the context
	 */
	protected final void unwatch(LoggerContext context) {
		this.listener.unwatch(context);
	}

	// A context that is stopped forgets its context listeners, those that resist a reset
	// included, but not its configuration listeners.
	private final class Listener implements LoggerContextListener, ConfigurationEventListener {

		private volatile @Nullable LoggerContext context;

		void watch(LoggerContext context) {
			if (this.context != context) {
				this.context = context;
				context.addConfigurationEventListener(this);
			}
			if (!context.getCopyOfListenerList().contains(this)) {
				context.addListener(this);
			}
		}

		void unwatch(LoggerContext context) {
			this.context = null;
			context.removeConfigurationEventListener(this);
			context.removeListener(this);
		}

		@Override
		public boolean isResetResistant() {
			return true;
		}

		@Override
		public void onReset(LoggerContext context) {
			LoggerContextWatcher.this.onReset(context);
		}

		@Override
		public void listen(ConfigurationEvent event) {
			EventType type = event.getEventType();
			LoggerContext context = this.context;
			if (context != null && (type == EventType.CONFIGURATION_ENDED_SUCCESSFULLY
					|| type == EventType.CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS)) {
				watch(context);
				onConfigured(context);
			}
		}

		@Override
		public void onStart(LoggerContext context) {
			onConfigured(context);
		}

		@Override
		public void onStop(LoggerContext context) {
		}

		@Override
		public void onLevelChange(Logger logger, Level level) {
		}

	}

}
