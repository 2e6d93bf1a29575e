// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.testkit.aws.Models;
import io.osmo.backend.testkit.internal.aws.AwsTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

class RequiredMembersTest extends AwsTest {
    private final Map<String, JsonNode> files = new HashMap<>();

    @Test
    void they_are_those_of_the_vendors_models() {
        Map<String, List<String>> expected = new TreeMap<>();
        for (String operation : new TreeSet<>(((RegionClients) clients).operations())) {
            String[] parts = operation.split(":", 2);
            JsonNode model = files.computeIfAbsent(parts[0], RequiredMembersTest::model);
            JsonNode input = model.at("/operations/" + parts[1] + "/input/shape");
            List<String> paths = new ArrayList<>();
            collect(model.path("shapes"), input.asText(), "", Set.of(), paths);
            if (!paths.isEmpty()) {
                expected.put(operation, paths);
            }
        }

        assertThat(new TreeMap<>(RequiredMembers.all())).isEqualTo(expected);
        assertThat(AwsHttp.prefixes()).isEqualTo(files.keySet());
    }

    private static JsonNode model(String service) {
        Path file = Models.directory()
                .resolve(Map.of(
                                        "elasticloadbalancing", "elbv2",
                                        "tag", "resourcegroupstaggingapi",
                                        "servicequotas", "service-quotas")
                                .getOrDefault(service, service)
                        + ".service-2.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode shapes, String name, String prefix, Set<String> outer, List<String> paths) {
        JsonNode shape = shapes.path(name);
        if (outer.contains(name)) {
            return;
        }
        Set<String> inner = new HashSet<>(outer);
        inner.add(name);
        Set<String> required = new HashSet<>();
        shape.path("required").forEach(member -> required.add(member.asText()));
        shape.path("members").properties().forEach(member -> {
            String path = prefix + member.getKey();
            // Clients make idempotency tokens up.
            if (required.contains(member.getKey())
                    && !member.getValue().path("idempotencyToken").asBoolean()) {
                paths.add(path);
            }
            collect(shapes, member.getValue().path("shape").asText(), path + ".", inner, paths);
        });
        for (String items : List.of("member", "value")) {
            collect(shapes, shape.path(items).path("shape").asText(), prefix, inner, paths);
        }
    }

    @Test
    void the_sdk_knows_them_and_how_each_operation_is_called() {
        List<String> unknown = new ArrayList<>();
        for (String prefix : AwsHttp.prefixes()) {
            for (var target : ((RegionClients) clients).targets(prefix)) {
                for (Class<?> request : target.requests()) {
                    WireOperation operation = WireOperation.of(request);
                    assertThat(operation.binding().hasExplicitPayloadMember())
                            .as(operation.name())
                            .isFalse();
                    // Classic load balancers share the prefix of the newer ones and have no model here.
                    if (request.getName().contains(".elasticloadbalancing.")) {
                        continue;
                    }
                    RequiredMembers.all().getOrDefault(prefix + ":" + operation.name(), List.of()).stream()
                            .filter(path -> !isKnown(operation.builder(), List.of(path.split("\\."))))
                            .forEach(path -> unknown.add(operation.name() + " " + path));
                }
            }
        }

        // The models are newer than the SDK.
        assertThat(unknown).allMatch(line -> line.startsWith("SimulatePrincipalPolicy PolicyExclusionList"));
    }

    private static boolean isKnown(SdkPojo pojo, List<String> path) {
        Optional<SdkField<?>> found = RequiredMembers.field(pojo, path.get(0));
        if (found.isEmpty() || path.size() == 1) {
            return found.isPresent();
        }
        SdkField<?> field = found.get();
        while (field.containsTrait(ListTrait.class) || field.containsTrait(MapTrait.class)) {
            field = field.containsTrait(ListTrait.class)
                    ? field.getTrait(ListTrait.class).memberFieldInfo()
                    : field.getTrait(MapTrait.class).valueFieldInfo();
        }
        return isKnown(field.constructor().get(), path.subList(1, path.size()));
    }
}
