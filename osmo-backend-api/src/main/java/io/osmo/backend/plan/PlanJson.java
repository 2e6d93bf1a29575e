// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The stored form of a plan. */
final class PlanJson {
    private static final String FORMAT = "osmo-backend-plan/3";

    /** Characters of a plan; one of a hundred pools has about a million. */
    private static final int LONGEST = 16 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PlanJson() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            String format,
            @Nullable String fingerprint,
            @Nullable String signature,
            Plan.Kind kind,
            Reference backend,
            @Nullable JsonNode spec,
            Disruption disruption,
            List<Guard> guards,
            List<Item> changes,
            List<String> warnings,
            @Nullable JsonNode cost) {
        /** With what proves the rest, and with what needs no proof. */
        Document proven(@Nullable String digest, @Nullable String signed, @Nullable JsonNode estimate) {
            return new Document(
                    format, digest, signed, kind, backend, spec, disruption, guards, changes, warnings, estimate);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Reference(
            String provider,
            @Nullable String account,
            String region,
            String name,
            @Nullable String incarnation) {}

    private record Item(
            String resource,
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
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical(plan)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] canonical(Plan plan) {
        try {
            return JSON.writeValueAsBytes(document(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fingerprint that only who has the key can make. */
    private static String signature(Plan plan, Secret key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(canonical(plan)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String write(Plan plan, Optional<Secret> key) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(document(plan)
                            .proven(
                                    plan.fingerprint(),
                                    key.map(secret -> signature(plan, secret)).orElse(null),
                                    plan.cost().map(cost -> tree(cost.toJson())).orElse(null)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document document(Plan plan) {
        return new Document(
                FORMAT,
                null,
                null,
                plan.kind(),
                new Reference(
                        plan.ref().provider(),
                        plan.account().orElse(null),
                        plan.ref().region(),
                        plan.ref().name(),
                        plan.incarnation().orElse(null)),
                plan.spec().map(spec -> tree(spec.toJson())).orElse(null),
                plan.disruption(),
                plan.guards(),
                plan.changes().stream().map(PlanJson::item).toList(),
                plan.warnings(),
                null);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Item item(Change change) {
        return new Item(
                change.resource().toString(),
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

    /** @param key with which the plan must be signed; empty when its fingerprint suffices */
    static Plan read(String text, Optional<Secret> key, Function<String, BackendSpec> specs) {
        if (text.length() > LONGEST) {
            throw invalid("plan", text.length() + " characters", "at most " + LONGEST + " characters", "Plan again.");
        }
        Plan plan;
        Document document;
        try {
            document = document(JSON.readTree(ForeignText.withoutByteOrderMark(text)));
            plan = plan(document, specs);
        } catch (JsonProcessingException | RuntimeException e) {
            if (e instanceof InvalidSpecException known) {
                throw known;
            }
            throw invalid("plan", problem(e), "what Plan.toJson() writes", "Plan again.");
        }
        // Neither names the value that would pass: whoever alters a plan could write it in.
        if (!same(plan.fingerprint(), document.fingerprint())) {
            throw invalid(
                    "plan.fingerprint",
                    "another one",
                    "that of the rest of the plan, which was altered after it was written",
                    "Plan again.");
        }
        if (key.isPresent() && !same(signature(plan, key.get()), document.signature())) {
            throw invalid(
                    "plan.signature",
                    document.signature() == null ? "none" : "another one",
                    "that by the key of this host: another host has written the plan, or it was altered since",
                    "Plan again.");
        }
        return plan;
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(Exception e) {
        if (e instanceof JsonProcessingException json) {
            return String.valueOf(json.getOriginalMessage());
        }
        return e instanceof NullPointerException ? "a field that is missing or null" : String.valueOf(e.getMessage());
    }

    private static Document document(JsonNode tree) throws JsonProcessingException {
        String format = tree.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw invalid(
                    "plan.format",
                    format.isEmpty() ? "nothing" : format,
                    FORMAT,
                    "Read it with the version that wrote it, or plan again.");
        }
        return JSON.treeToValue(tree, Document.class);
    }

    private static Plan plan(Document document, Function<String, BackendSpec> specs) {
        Reference backend = document.backend();
        BackendRef ref = new BackendRef(backend.provider(), backend.region(), backend.name());
        Optional<BackendSpec> spec = Optional.ofNullable(document.spec()).map(node -> specs.apply(node.toString()));
        if (spec.isPresent() && !spec.get().ref().equals(ref)) {
            throw invalid(
                    "plan.backend",
                    ref.toString(),
                    "that of its spec, " + spec.get().ref(),
                    "Plan again.");
        }
        List<Change> changes = document.changes().stream().map(PlanJson::change).toList();
        Set<ResourceId> ids = new HashSet<>();
        for (Change change : changes) {
            if (!ids.add(change.resource())) {
                throw invalid("plan.changes", change.resource() + " twice", "each resource once", "Plan again.");
            }
        }
        Plan plan = Plan.of(
                document.kind(),
                ref,
                Optional.ofNullable(backend.account()),
                spec,
                changes,
                document.guards(),
                document.warnings());
        if (backend.incarnation() != null) {
            plan = plan.withIncarnation(backend.incarnation());
        }
        return document.cost() == null
                ? plan
                : plan.withCost(CostEstimate.fromJson(document.cost().toString()));
    }

    private static Change change(Item item) {
        return new Change(
                ResourceId.parse(item.resource()),
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
        return InvalidSpecException.ofPlan(new Violation(path, Optional.empty(), given, allowed, remedy));
    }
}
