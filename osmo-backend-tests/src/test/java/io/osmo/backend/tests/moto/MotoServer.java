// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import io.osmo.backend.tests.services.SharedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One moto for all tests of the JVM, on a free port, started when first needed and stopped at the end; empty before each. */
final class MotoServer implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ExecutionCondition {
    /** What the SDK is told of AWS, by the system properties that stand for the environment variables. */
    private static final List<String> PROPERTIES =
            List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl");

    private SharedService service;
    private MotoClients clients;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return SharedService.condition("moto", context);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        service = context.getRoot()
                .getStore(Namespace.create(MotoServer.class))
                .getOrComputeIfAbsent(
                        MotoServer.class,
                        type -> SharedService.up("moto", "OSMO_MOTO_DIR", Map.of()),
                        SharedService.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        reset();
        clients = new MotoClients(endpoint());
        List<String> values =
                List.of(MotoSpecs.REGION, "test", "test", endpoint().toString());
        for (int i = 0; i < values.size(); i++) {
            System.setProperty(PROPERTIES.get(i), values.get(i));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        PROPERTIES.forEach(System::clearProperty);
        clients.close();
    }

    /** Clients of the test's own, to look from beside. */
    MotoClients clients() {
        return clients;
    }

    URI endpoint() {
        return URI.create(service.exports().get("AWS_ENDPOINT_URL"));
    }

    /** Forgets all that was created. */
    void reset() {
        HttpRequest request = HttpRequest.newBuilder(endpoint().resolve("/moto-api/reset"))
                .POST(BodyPublishers.noBody())
                .build();
        try {
            int status = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException(request + " answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
