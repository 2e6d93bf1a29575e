// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored form of a plan. */
final class PlanJson {
    private static final String FORMAT = "osmo-backend-plan/2";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PlanJson() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            String format,
            @Nullable String fingerprint,
            Plan.Kind kind,
            Reference backend,
            @Nullable JsonNode spec,
            Disruption disruption,
            List<Guard> guards,
            List<Item> changes,
            List<String> warnings) {
        Document withFingerprint(@Nullable String value) {
            return new Document(format, value, kind, backend, spec, disruption, guards, changes, warnings);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Reference(String provider, @Nullable String account, String region, String name) {}

    private record Item(
            String id,
            Action action,
            String description,
            String reason,
            List<Field> fields,
            List<String> after,
            String estimate,
            Disruption disruption,
            List<String> takes) {}

    private record Field(String field, String before, String after, FieldChange.Effect effect, Disruption disruption) {}

    static String fingerprint(Plan plan) {
        try {
            byte[] canonical = JSON.writeValueAsBytes(document(plan));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String write(Plan plan) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(document(plan).withFingerprint(plan.fingerprint()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document document(Plan plan) {
        return new Document(
                FORMAT,
                null,
                plan.kind(),
                new Reference(
                        plan.ref().provider(),
                        plan.account().orElse(null),
                        plan.ref().region(),
                        plan.ref().name()),
                plan.spec().map(PlanJson::tree).orElse(null),
                plan.disruption(),
                plan.guards(),
                plan.changes().stream().map(PlanJson::item).toList(),
                plan.warnings());
    }

    private static JsonNode tree(BackendSpec spec) {
        try {
            return JSON.readTree(spec.toJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Item item(Change change) {
        return new Item(
                change.id().toString(),
                change.action(),
                change.description(),
                change.reason(),
                change.fields().stream()
                        .map(f -> new Field(f.field(), f.before(), f.after(), f.effect(), f.disruption()))
                        .toList(),
                change.after().stream().map(ResourceId::toString).toList(),
                change.estimate().toString(),
                change.disruption(),
                change.takes().stream().map(ResourceId::toString).toList());
    }

    static Plan read(String text, Function<String, BackendSpec> specs) {
        Plan plan;
        Document document;
        try {
            JsonNode tree = JSON.readTree(text);
            String format = tree.path("format").asText();
            if (!format.equals(FORMAT)) {
                throw invalid("plan.format", format, FORMAT, "Read it with the version that wrote it, or plan again.");
            }
            document = JSON.treeToValue(tree, Document.class);
            Reference backend = document.backend();
            Optional<BackendSpec> spec = Optional.ofNullable(document.spec()).map(node -> specs.apply(node.toString()));
            plan = Plan.of(
                    document.kind(),
                    new BackendRef(backend.provider(), backend.region(), backend.name()),
                    Optional.ofNullable(backend.account()),
                    spec,
                    document.changes().stream().map(PlanJson::change).toList(),
                    document.guards(),
                    document.warnings());
        } catch (JsonProcessingException | RuntimeException e) {
            if (e instanceof InvalidSpecException known) {
                throw known;
            }
            String problem = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
            throw invalid("plan", problem, "what Plan.toJson() writes", "Plan again.");
        }
        if (!plan.fingerprint().equals(document.fingerprint())) {
            throw invalid(
                    "plan.fingerprint",
                    String.valueOf(document.fingerprint()),
                    plan.fingerprint(),
                    "The plan was altered after it was written; plan again.");
        }
        return plan;
    }

    private static Change change(Item item) {
        return new Change(
                ResourceId.parse(item.id()),
                item.action(),
                item.description(),
                item.reason(),
                item.fields().stream()
                        .map(f -> new FieldChange(f.field(), f.before(), f.after(), f.effect(), f.disruption()))
                        .toList(),
                ids(item.after()),
                Duration.parse(item.estimate()),
                item.disruption(),
                ids(item.takes()));
    }

    private static Set<ResourceId> ids(List<String> texts) {
        return texts.stream().map(ResourceId::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static InvalidSpecException invalid(String path, String given, String allowed, String remedy) {
        return new InvalidSpecException(List.of(new Violation(path, Optional.empty(), given, allowed, remedy)));
    }
}
