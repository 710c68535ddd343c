package io.flowforge.observability.integration.kotlin

import java.net.URI

import kotlin.time.Duration.Companion.milliseconds

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import org.slf4j.LoggerFactory

import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.runApplication
import org.springframework.context.annotation.Configuration
import org.springframework.context.annotation.Import
import org.springframework.core.env.Environment
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.client.RestClient
import org.springframework.web.client.requiredBody

/**
 * A service with suspending functions. It sends requests to itself and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CoroutineController::class)
class CoroutineService

fun main(arguments: Array<String>) {
	runApplication<CoroutineService>(*arguments).use { context ->
		for (path in listOf("/delayed", "/parallel")) {
			println("RESPONSE $path ${URI(address(context.environment) + path).toURL().readText()}")
		}
	}
}

private fun address(environment: Environment) =
	"http://127.0.0.1:${environment.getRequiredProperty("local.server.port")}"

@RestController
class CoroutineController(builder: RestClient.Builder, private val environment: Environment) {

	private val logger = LoggerFactory.getLogger(javaClass)

	private val client = builder.build()

	@GetMapping("/delayed")
	suspend fun delayed(): String {
		delay(20.milliseconds)
		logger.info("After the delay")
		return withContext(Dispatchers.IO) { call("On another thread") }
	}

	@GetMapping("/parallel")
	suspend fun parallel() = coroutineScope {
		List(2) { async(Dispatchers.IO) { delay(20.milliseconds); call("In parallel") } }.awaitAll().joinToString()
	}

	@GetMapping("/called")
	fun called() = "called"

	private fun call(line: String): String {
		logger.info(line)
		return client.get().uri(address(environment) + "/called").retrieve().requiredBody<String>()
	}

}
