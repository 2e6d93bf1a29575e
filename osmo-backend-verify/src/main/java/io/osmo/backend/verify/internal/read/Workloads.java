// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What checks use of the workloads that they know: OSMO's operator, KAI, the GPU stack, network plugins. Flags and variables may
 * contain anything, so only those that a check uses are kept.
 */
final class Workloads {
    private static final Set<String> FLAGS = Set.of(
            "loginmethod",
            "host",
            "serviceurl",
            "backend",
            "namespace",
            "nodeconditionprefix",
            "testrunnernamespace",
            "schedulername",
            "defaultstalenessgraceperiod",
            "updatepodevictioncondition",
            "gpupodruntimeclassname",
            "enablenetworkpolicy");
    private static final Pattern OPERATOR_IMAGE = Pattern.compile("(.*/)?backend-(listener|worker)([:@].*)?");
    private static final Pattern CREDENTIAL = Pattern.compile(
            "(.*[_-])?(token|password|passwd|secret|api[_-]?key|access[_-]?key)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROGRESS = Pattern.compile("(?s).*?([Pp]rogress file \\S+ does not exist).*");

    private Workloads() {}

    static Optional<TemplateFacts> template(JsonNode workload, String operatorNamespace) {
        JsonNode metadata = workload.path("metadata");
        JsonNode spec = workload.path("spec").path("template").path("spec");
        if (!known(metadata, spec, operatorNamespace)) {
            return Optional.empty();
        }
        List<TemplateFacts.Toleration> tolerations = new ArrayList<>();
        spec.path("tolerations")
                .forEach(t -> tolerations.add(new TemplateFacts.Toleration(
                        Parse.text(t, "key"),
                        Parse.text(t, "operator").equals("Exists"),
                        Parse.text(t, "value"),
                        Parse.text(t, "effect"))));
        List<String> pullSecrets = new ArrayList<>();
        spec.path("imagePullSecrets").forEach(s -> pullSecrets.add(Parse.text(s, "name")));
        List<TemplateFacts.Container> containers = new ArrayList<>();
        spec.path("containers").forEach(c -> containers.add(container(c)));
        return Optional.of(new TemplateFacts(
                spec.path("serviceAccountName").asText("default"),
                Parse.map(spec.path("nodeSelector")),
                tolerations,
                pullSecrets,
                containers,
                Fact.of(secrets(spec)),
                current(metadata, workload.path("status"))));
    }

    /** After an upgrade that got stuck, pods of the earlier revision remain together with new ones that do not become ready. */
    private static boolean current(JsonNode metadata, JsonNode status) {
        return status.path("observedGeneration").asLong(0)
                        >= metadata.path("generation").asLong(0)
                && status.path("replicas").asInt()
                        <= status.path("updatedReplicas").asInt();
    }

    private static List<TemplateFacts.SecretVolume> secrets(JsonNode spec) {
        List<TemplateFacts.SecretVolume> secrets = new ArrayList<>();
        for (JsonNode volume : spec.path("volumes")) {
            JsonNode secret = volume.path("secret");
            if (secret.isObject() && !secret.path("optional").asBoolean()) {
                List<String> keys = new ArrayList<>();
                secret.path("items").forEach(item -> keys.add(Parse.text(item, "key")));
                secrets.add(new TemplateFacts.SecretVolume(
                        Parse.text(volume, "name"), Parse.text(secret, "secretName"), keys));
            }
        }
        return secrets;
    }

    private static boolean known(JsonNode metadata, JsonNode spec, String operatorNamespace) {
        String namespace = Parse.text(metadata, "namespace");
        String name = Parse.text(metadata, "name");
        if (Set.of(operatorNamespace, StackFacts.KAI_NAMESPACE, StackFacts.GPU_NAMESPACE)
                        .contains(namespace)
                || name.contains("nvidia")
                || name.equals("gpu-operator")
                || CloudServices.any(service -> service.networkPlugins().contains(name))) {
            return true;
        }
        for (JsonNode container : spec.path("containers")) {
            if (OPERATOR_IMAGE.matcher(Parse.text(container, "image")).matches()) {
                return true;
            }
        }
        return false;
    }

    private static TemplateFacts.Container container(JsonNode container) {
        List<String> exposed = new ArrayList<>();
        String runtimeConfigSource = "";
        for (JsonNode variable : container.path("env")) {
            String name = Parse.text(variable, "name");
            String value = Parse.text(variable, "value");
            if (name.equals("RUNTIME_CONFIG_SOURCE")) {
                runtimeConfigSource = value;
            }
            if (!value.isEmpty() && CREDENTIAL.matcher(name).matches()) {
                exposed.add(name);
            }
        }
        Map<String, String> flags = flags(container);
        flags.forEach((name, value) -> {
            if (!value.isEmpty() && CREDENTIAL.matcher(name).matches()) {
                exposed.add("--" + name);
            }
        });
        JsonNode startup = container.path("startupProbe");
        return new TemplateFacts.Container(
                Parse.text(container, "name"),
                Parse.text(container, "image"),
                known(flags),
                Parse.text(container.path("resources").path("limits"), "memory"),
                startup.isObject()
                        ? Optional.of(new TemplateFacts.Probe(
                                startup.path("timeoutSeconds").asInt(1),
                                startup.path("failureThreshold").asInt(3)))
                        : Optional.empty(),
                runtimeConfigSource,
                exposed);
    }

    /** All flags of a container, by name as written without the leading dashes. */
    private static Map<String, String> flags(JsonNode container) {
        List<String> words = new ArrayList<>(Parse.strings(container.path("command")));
        words.addAll(Parse.strings(container.path("args")));
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-")) {
                int equals = word.indexOf('=');
                String name = (equals < 0 ? word : word.substring(0, equals)).replaceFirst("^-+", "");
                boolean next = i + 1 < words.size() && !words.get(i + 1).startsWith("--");
                flags.put(name, equals >= 0 ? word.substring(equals + 1) : next ? words.get(i + 1) : "true");
            }
        }
        return flags;
    }

    /** The flags that checks use, by the name that all spellings of a flag share. */
    static Map<String, String> known(Map<String, String> flags) {
        Map<String, String> known = new HashMap<>();
        flags.forEach((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
            if (FLAGS.contains(plain)) {
                // A URL may contain a user and a password.
                known.put(plain, value.replaceFirst("//[^/]*@", "//"));
            }
        });
        return known;
    }

    static List<ContainerFacts> containers(JsonNode statuses) {
        List<ContainerFacts> containers = new ArrayList<>();
        statuses.forEach(s -> {
            JsonNode last = s.path("lastState").path("terminated");
            containers.add(new ContainerFacts(
                    Parse.text(s, "name"),
                    s.path("restartCount").asInt(),
                    Parse.text(s.path("state").path("waiting"), "reason"),
                    Fact.of(PullCause.refusal(
                            Parse.text(s.path("state").path("waiting"), "reason"),
                            Parse.text(s.path("state").path("waiting"), "message"))),
                    Parse.text(last, "reason"),
                    last.path("exitCode").asInt(),
                    progress(Parse.text(last, "message")),
                    time(last, "finishedAt"),
                    time(s.path("state").path("running"), "startedAt")));
        });
        return containers;
    }

    private static String progress(String message) {
        Matcher matcher = PROGRESS.matcher(message);
        return matcher.matches() ? matcher.group(1) : "";
    }

    static Optional<Instant> time(JsonNode object, String field) {
        try {
            return object.hasNonNull(field) ? Optional.of(Instant.parse(Parse.text(object, field))) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
