// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.cluster.internal.Json;
import io.osmo.backend.values.OsmoValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the chart of OSMO's operator leaves in a cluster, made of the values as the chart of their release reads them.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/tree/6.3.1/deployments/charts/backend-operator/templates">chart of 6.3</a>
 */
public final class OperatorObjects {
    private final JsonNode values;
    private final boolean oneChart;
    private final String namespace;

    /** @param namespace that Helm installs into */
    public OperatorObjects(OsmoValues values, String namespace) {
        this.values = Json.MAPPER.valueToTree(values.operator());
        this.oneChart = values.release().startsWith("6.4.");
        this.namespace = namespace;
    }

    public List<Map<String, Object>> all() {
        return Stream.of("listener", "worker")
                .flatMap(part -> Stream.of(account(part), deployment(part)))
                .toList();
    }

    private String value(String old, String now) {
        return values.at(oneChart ? now : old).asText();
    }

    private String name(String part) {
        return oneChart ? "osmo-compute-backend-" + part : "osmo-operator-osmo-backend-" + part;
    }

    private Map<String, Object> account(String part) {
        return Map.of("apiVersion", "v1", "kind", "ServiceAccount", "metadata", metadata(part));
    }

    private Map<String, Object> metadata(String part) {
        return Map.of("name", name(part), "namespace", namespace, "labels", Map.of("app", name(part)));
    }

    private Map<String, Object> deployment(String part) {
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("serviceAccountName", name(part));
        pod.put("nodeSelector", values.at(oneChart ? "/podDefaults/nodeSelector" : "/global/nodeSelector"));
        pod.put("tolerations", values.at(oneChart ? "/podDefaults/tolerations" : "/global/tolerations"));
        pod.put("imagePullSecrets", pullSecrets());
        pod.put("containers", List.of(container(part)));
        pod.put(
                "volumes",
                List.of(Map.of(
                        "name",
                        "osmo-secret",
                        "secret",
                        Map.of(
                                "secretName",
                                value("/global/accountTokenSecret", "/compute/authentication/existingSecret"),
                                "items",
                                List.of(Map.of(
                                        "key",
                                        value("/global/accountTokenSecretKey", "/compute/authentication/tokenKey"),
                                        "path",
                                        "token.txt"))))));
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                metadata(part),
                "spec",
                Map.of("replicas", 1, "template", Map.of("metadata", metadata(part), "spec", pod)));
    }

    private List<Map<String, String>> pullSecrets() {
        if (!oneChart) {
            String name = values.at("/global/imagePullSecret").asText("");
            return name.isEmpty() ? List.of() : List.of(Map.of("name", name));
        }
        List<Map<String, String>> secrets = new ArrayList<>();
        values.path("imagePullSecrets")
                .forEach(
                        secret -> secrets.add(Map.of("name", secret.path("name").asText())));
        return secrets;
    }

    private Map<String, Object> container(String part) {
        return Map.of(
                "name",
                "backend-" + part,
                "image",
                "nvcr.io/nvidia/osmo/backend-" + part + ":" + value("/global/osmoImageTag", "/imageTag"),
                "args",
                List.of(
                        "--host",
                        value("/global/serviceUrl", "/externalUrl"),
                        "--token_file",
                        "/opt/osmo/secrets/token.txt",
                        "--login_method",
                        "token",
                        "--backend",
                        value("/global/backendName", "/compute/backendName"),
                        "--namespace",
                        value("/global/backendNamespace", "/compute/workloadNamespace/name"),
                        "--node_condition_prefix",
                        ""),
                "resources",
                Map.of(
                        "requests", Map.of("cpu", "1", "memory", "1Gi"),
                        "limits", Map.of("memory", part.equals("listener") ? "2Gi" : "1Gi")),
                "startupProbe",
                Map.of(
                        "exec",
                        Map.of("command", List.of("progress_check")),
                        "failureThreshold",
                        30,
                        "periodSeconds",
                        5,
                        "timeoutSeconds",
                        60,
                        "initialDelaySeconds",
                        10));
    }
}
