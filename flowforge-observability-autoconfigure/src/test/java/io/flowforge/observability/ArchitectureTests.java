package io.flowforge.observability;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The library is built in layers, and each uses only those below it. The drawing is in
 * {@code docs/architecture.md}.
 */
@AnalyzeClasses(packages = "io.flowforge.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.flowforge.observability";

	private static final Set<String> API = Set.of("Finding", "Findings", "MetricNames", "ServiceIdentity");

	// What one package offers to others, and what is named in a property.
	private static final Set<String> INTERNAL = Set.of("export.ShutdownBudget", "export.health.ExportFailure",
			"export.health.ExporterHealth", "export.health.ExporterHealthRegistry",
			"export.http.BlockingHttpSenderProvider", "export.http.EndpointUrl", "export.otlp.OtlpExportConfiguration",
			"export.otlp.RejectedItemsException", "export.statistics.BatchCounter",
			"export.statistics.ExportStatistics", "export.statistics.ExportStatisticsConfiguration",
			"export.statistics.Signal", "identity.DeclaredAttributes", "identity.EnvironmentName",
			"identity.ServiceResourceConfiguration", "limits.ActuatorPath", "limits.RequestJudge",
			"limits.RequestReader", "limits.RequestTimers", "limits.RequestVerdict", "limits.ServletRequestReader",
			"logging.LogPipelineConnection", "logging.record.AttributeValue", "logging.record.LogRecordSettings",
			"logging.record.LogRecords", "redaction.RedactingSpanExporter", "redaction.SecretKeys",
			"redaction.UrlRedactor", "redaction.logback.LoggerContextWatcher",
			"settings.ConditionalOnObservabilityEnabled", "settings.ReplacedBeanFindings",
			"settings.invalid.InvalidSettingException", "settings.invalid.SettingRequirements",
			"settings.invalid.SettingsCheck", "settings.neighbours.UnsupportedSpringBootException",
			"settings.renamed.RenamedPropertyFindings", "settings.unknown.UnknownPropertyConfiguration",
			"settings.unknown.UnknownPropertyMode", "tracing.LoggedTrace", "tracing.SuppressedWork",
			"tracing.exemplars.EndedSpan", "tracing.exemplars.ExemplarsConfiguration",
			"tracing.exemplars.TailSampledTraces", "tracing.observation.RequestConvention",
			"tracing.observation.RequestObservationContext", "tracing.sampling.RecordingSampler",
			"tracing.sampling.TailSamplingConfiguration", "tracing.sampling.TailSamplingSpanProcessor",
			"tracing.semconv.HttpRequestNames", "web.LoggingContext", "web.RequestTrace",
			"web.requests.RequestListener", "web.requests.ServerRequestReader");

	// What a reader can take in at once.
	private static final long MOST_FILES = 12;

	@ArchTest
	final ArchRule arrowsRunDown = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("endpoint")
		.definedBy(ROOT + ".endpoint..")
		.layer("web")
		.definedBy(ROOT + ".web..")
		.layer("health")
		.definedBy(ROOT + ".health..")
		.layer("logging")
		.definedBy(ROOT + ".logging..")
		.layer("tracing")
		.definedBy(ROOT + ".tracing..")
		.layer("export")
		.definedBy(ROOT + ".export..")
		.layer("redaction")
		.definedBy(ROOT + ".redaction..")
		.layer("identity")
		.definedBy(ROOT + ".identity..")
		.layer("limits")
		.definedBy(ROOT + ".limits..")
		.layer("settings")
		.definedBy(ROOT + ".settings..")
		.layer("API")
		.definedBy(ROOT)
		.whereLayer("endpoint")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("web")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("health")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("logging")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("tracing")
		.mayOnlyBeAccessedByLayers("endpoint", "web", "health", "logging")
		.whereLayer("export")
		.mayOnlyBeAccessedByLayers("endpoint", "tracing", "logging")
		.whereLayer("API")
		.mayNotAccessAnyLayer()
		.whereLayer("settings")
		.mayOnlyAccessLayers("API")
		.whereLayer("limits")
		.mayOnlyAccessLayers("API", "settings")
		.whereLayer("identity")
		.mayOnlyAccessLayers("API", "settings", "limits")
		.whereLayer("redaction")
		.mayOnlyAccessLayers("API", "settings")
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	final ArchRule noPackagesDependOnEachOther = SlicesRuleDefinition.slices()
		.matching(ROOT + ".(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static void noRoomIsTooBig(JavaClasses classes) {
		Map<String, Long> files = classes.stream()
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		assertThat(files).allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
	}

	@ArchTest
	final ArchRule autoConfigurationsArePublicAndFinal = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule propertiesLiveUnderOnePrefix = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should()
		.beAnnotatedWith(DescribedPredicate.describe("a prefix below flowforge.observability",
				(annotation) -> annotation.tryGetExplicitlyDeclaredProperty("value")
					.filter((prefix) -> prefix.toString().startsWith("flowforge.observability"))
					.isPresent()));

	@ArchTest
	final ArchRule beansHaveThePrefixThatNoServiceUses = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.haveNameStartingWith("flowforge");

	/**
	 * The public types are those of {@link #API}, auto-configurations, properties,
	 * endpoints and those of {@link #INTERNAL}.
	 */
	@ArchTest
	static void onlyWhatIsMeantToBeUsedIsPublic(JavaClasses classes) {
		assertThat(
				publicTypes(classes).filter((type) -> type.getPackageName().equals(ROOT)).map(JavaClass::getSimpleName))
			.containsExactlyInAnyOrderElementsOf(API);
		assertThat(publicTypes(classes)
			.filter((type) -> !type.getPackageName().equals(ROOT) && !type.isAnnotatedWith(AutoConfiguration.class)
					&& !type.isAnnotatedWith(ConfigurationProperties.class) && !type.isAnnotatedWith(Endpoint.class))
			.map((type) -> type.getName().substring(ROOT.length() + 1))).containsExactlyInAnyOrderElementsOf(INTERNAL);
	}

	@ArchTest
	static void internalTypesSaySo(JavaClasses classes) {
		assertThat(INTERNAL).allSatisfy(
				(type) -> assertThat(Path.of("src/main/java", ROOT.replace('.', '/'), type.replace('.', '/') + ".java"))
					.content()
					.contains(" * Internal: public only for the other packages of this library."));
	}

	private static Stream<JavaClass> publicTypes(JavaClasses classes) {
		return classes.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC));
	}

	@ArchTest
	final ArchRule everyPackageIsNullMarked = ArchRuleDefinition.classes()
		.that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

}
