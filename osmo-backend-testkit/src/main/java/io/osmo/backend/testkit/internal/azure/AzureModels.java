// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.ArmResponse;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import io.osmo.backend.testkit.internal.ModelFiles;
import io.osmo.backend.testkit.internal.Violations;
import io.osmo.backend.testkit.internal.azure.arm.OperationName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks requests and responses against Microsoft's own descriptions of resource types ({@code *.types.json.gz} as in
 * {@code Azure/bicep-types-az}): unknown members, read-only ones that are set, required ones that are missing, patterns,
 * lengths, ranges, constants and enums. A request that breaks its description is refused with an {@link AssertionError}, and so
 * is a response, which is a fault of the emulator.
 *
 * <p>A {@code PATCH} needs no required members. Responses are not checked for patterns and lengths, because the services
 * themselves break those. Most enums are open in the descriptions, so that newer values pass.
 */
public final class AzureModels implements CallInspector {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WRITES = Set.of("PUT", "PATCH");
    private static final Set<String> WITH_RESOURCE = Set.of("GET", "PUT", "PATCH", "LIST");

    /** Types that the emulator has and that are not described. */
    private static final Set<String> UNDESCRIBED = Set.of(
            "prices.azure.com/api/retail/prices",
            "microsoft.authorization/locks",
            "microsoft.compute/virtualmachinescalesets",
            "microsoft.compute/capacityreservationgroups",
            "microsoft.compute/capacityreservationgroups/capacityreservations",
            "microsoft.network/privatednszones",
            "microsoft.storage/storageaccounts",
            "microsoft.storage/storageaccounts/blobservices",
            "microsoft.storage/storageaccounts/blobservices/containers");

    private final ModelFiles files;
    private final Violations violations = new Violations();

    private AzureModels(ModelFiles files) {
        this.files = files;
    }

    /**
     * @param directory contains the descriptions
     * @throws IllegalArgumentException if there is no such directory
     */
    public static AzureModels in(Path directory) {
        return new AzureModels(ModelFiles.in(directory));
    }

    /** Everything that was refused so far, for callers that may have swallowed the error. */
    public List<String> violations() {
        return violations.all();
    }

    @Override
    public void request(Call call) {
        OperationName operation = OperationName.of(call);
        if (!WRITES.contains(operation.verb())) {
            return;
        }
        ArmRequest request = call.request(ArmRequest.class);
        model(operation, request.apiVersion()).ifPresent(model -> {
            ModelCheck check =
                    ModelCheck.ofRequest(model.types(), operation.verb().equals("PATCH"));
            check.name(model.body(), request.path().substring(request.path().lastIndexOf('/') + 1));
            check.value(model.body(), parse(request.body()), "");
            violations.check(operation + " request", check.found());
        });
    }

    @Override
    public void response(Call call, Object sent) {
        OperationName operation = OperationName.of(call);
        ArmResponse response = (ArmResponse) sent;
        if (response.status() >= 300 || response.body().isEmpty() || !WITH_RESOURCE.contains(operation.verb())) {
            return;
        }
        model(operation, call.request(ArmRequest.class).apiVersion()).ifPresent(model -> {
            ModelCheck check = ModelCheck.ofResponse(model.types());
            JsonNode json = parse(response.body());
            if (operation.verb().equals("LIST")) {
                json.path("value").forEach(item -> check.value(model.body(), item, ""));
            } else {
                check.value(model.body(), json, "");
            }
            violations.check(operation + " answer", check.found());
        });
    }

    /**
     * The description of a type.
     *
     * @param types all types of its file, which references point to
     */
    private record Model(JsonNode types, JsonNode body) {
        /** The resource types of a file, by name and version in lower case. */
        static Map<String, Model> all(JsonNode types) {
            Map<String, Model> models = new HashMap<>();
            for (JsonNode type : types) {
                if (type.path("$type").asText().equals("ResourceType")) {
                    models.putIfAbsent(
                            type.path("name").asText().toLowerCase(Locale.ROOT),
                            new Model(types, ModelCheck.resolve(types, type.path("body"))));
                }
            }
            return models;
        }
    }

    private Optional<Model> model(OperationName operation, String version) {
        String type = operation.type().toLowerCase(Locale.ROOT);
        if (UNDESCRIBED.contains(type)) {
            return Optional.empty();
        }
        String provider = type.substring(0, type.indexOf('/'));
        Optional<Model> model = files.read(provider + "." + version + ".types.json.gz", Model::all)
                .map(models -> models.get(type + "@" + version));
        if (model.isEmpty() && WRITES.contains(operation.verb())) {
            violations.check(
                    operation + " type", List.of("there is no description of " + operation.type() + "@" + version));
        }
        return model;
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body.isEmpty() ? "{}" : body);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + body, e);
        }
    }
}
