// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.internal.text.PlainYaml;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PoolAlternative;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes specs: everything that is decided, in the order of the type's fields; secrets as references. */
public final class SpecWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SpecWriter() {}

    public static String yaml(BackendSpec spec) {
        return write(PlainYaml::write, spec);
    }

    public static String json(BackendSpec spec) {
        return write(JSON.writerWithDefaultPrettyPrinter()::writeValueAsString, spec);
    }

    private interface Format {
        String write(Object data) throws JsonProcessingException;
    }

    private static String write(Format format, BackendSpec spec) {
        try {
            return format.write(document(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the provider's settings are not plain data", e);
        }
    }

    private static Map<String, Object> document(BackendSpec spec) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", spec.name());
        document.put("provider", spec.provider());
        document.put("region", spec.region());
        document.put("profile", Words.of(spec.profile()));
        spec.kubernetesVersion().ifPresent(version -> document.put("kubernetesVersion", version));
        spec.operatorPool().ifPresent(pool -> document.put("operatorPool", pool(pool)));
        document.put(
                "computePools",
                spec.computePools().stream().map(SpecWriter::pool).toList());
        document.put("network", network(spec.network()));
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("publicAccess", spec.apiEndpoint().publicAccess());
        putUnlessEmpty(endpoint, "publicCidrs", spec.apiEndpoint().publicCidrs());
        document.put("apiEndpoint", endpoint);
        spec.storage().className().ifPresent(name -> document.put("storage", Map.of("className", name)));
        Map<String, Object> backup = new LinkedHashMap<>();
        backup.put("enabled", spec.backup().enabled());
        backup.put("retentionDays", spec.backup().retentionDays());
        document.put("backup", backup);
        spec.encryption().existingKey().ifPresent(key -> document.put("encryption", Map.of("existingKey", key)));
        putUnlessEmpty(
                document,
                "pullSecrets",
                spec.pullSecrets().stream().map(SpecWriter::pullSecret).toList());
        spec.osmo().ifPresent(osmo -> document.put("osmo", osmo(osmo)));
        putUnlessEmpty(
                document,
                "charts",
                spec.charts().stream().map(ChartDocument::write).toList());
        putUnlessEmpty(document, "admins", spec.admins());
        document.put("deletionProtection", spec.deletionProtection());
        document.put("nodeImages", Words.of(spec.nodeImages()));
        if (!spec.tags().isEmpty()) {
            document.put("tags", spec.tags());
        }
        spec.settings().ifPresent(settings -> document.put("settings", settings.toMap()));
        return document;
    }

    private static Map<String, Object> pool(NodePool pool) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (pool.role() != PoolRole.OPERATOR) {
            document.put("name", pool.name());
            document.put("role", Words.of(pool.role()));
        }
        putUnlessEmpty(document, "instanceTypes", pool.instanceTypes());
        document.put("scale", scale(pool.scale()));
        Map<String, String> labels = new LinkedHashMap<>(pool.labels());
        pool.role().labels().forEach(labels::remove);
        if (!labels.isEmpty()) {
            document.put("labels", labels);
        }
        Taint standard = pool.role().standardTaint();
        document.put("tainted", pool.taints().contains(standard));
        putUnlessEmpty(
                document,
                "taints",
                pool.taints().stream()
                        .filter(taint -> !taint.equals(standard))
                        .map(Taint::toString)
                        .toList());
        document.put("diskGib", pool.diskGib());
        putUnlessEmpty(document, "zones", pool.zones());
        document.put("spot", pool.spot());
        pool.reservation().ifPresent(id -> document.put("reservation", id));
        putUnlessEmpty(
                document,
                "fallback",
                pool.fallback().stream().map(SpecWriter::alternative).toList());
        document.put("replacement", Words.of(pool.replacement()));
        document.put("drainMinutes", pool.drainMinutes());
        document.put("onFailure", Words.of(pool.onFailure()));
        return document;
    }

    private static Map<String, Object> alternative(PoolAlternative alternative) {
        Map<String, Object> document = new LinkedHashMap<>();
        putUnlessEmpty(document, "instanceTypes", alternative.instanceTypes());
        putUnlessEmpty(document, "zones", alternative.zones());
        alternative.reservation().ifPresent(id -> document.put("reservation", id));
        alternative.spot().ifPresent(spot -> document.put("spot", spot));
        return document;
    }

    private static Map<String, Object> scale(Scale scale) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("min", scale.min());
        document.put("max", scale.max());
        document.put("initial", scale.initial());
        return document;
    }

    private static Map<String, Object> network(Network network) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (network.existingId().isPresent()) {
            Map<String, Object> existing = new LinkedHashMap<>();
            existing.put("id", network.existingId().get());
            existing.put("subnets", network.existingSubnetIds());
            document.put("existing", existing);
        } else {
            network.cidr().ifPresent(range -> document.put("cidr", range));
            if (network.zones().isEmpty()) {
                document.put("zoneCount", network.zoneCount());
            } else {
                document.put("zones", network.zones());
            }
        }
        document.put("serviceCidr", network.serviceCidr());
        document.put("egress", Words.of(network.egress()));
        document.put("privateServiceEndpoints", network.privateServiceEndpoints());
        return document;
    }

    private static Map<String, Object> pullSecret(PullSecret secret) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("registry", secret.registry());
        document.put("username", secret.username());
        document.put("password", secret.password().reference());
        document.put("secretName", secret.secretName());
        return document;
    }

    private static Map<String, Object> osmo(OsmoService osmo) {
        Map<String, Object> document = new LinkedHashMap<>();
        osmo.release().ifPresent(release -> document.put("release", release));
        document.put("serviceUrl", osmo.serviceUrl());
        osmo.backendName().ifPresent(name -> document.put("backendName", name));
        osmo.token().ifPresent(token -> document.put("token", token.reference()));
        document.put("poolName", osmo.poolName());
        document.put("helmRelease", osmo.helmRelease());
        document.put("operatorNamespace", osmo.operatorNamespace());
        document.put("workflowNamespace", osmo.workflowNamespace());
        document.put("tokenSecretName", osmo.tokenSecretName());
        return document;
    }

    private static void putUnlessEmpty(Map<String, Object> document, String key, List<?> list) {
        if (!list.isEmpty()) {
            document.put(key, list);
        }
    }
}
