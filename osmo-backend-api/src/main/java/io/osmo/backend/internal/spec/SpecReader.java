// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.FailurePolicy;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.NetworkBuilder;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.OsmoServiceBuilder;
import io.osmo.backend.spec.PoolAlternativeBuilder;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spec.Taint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads documents into the same builder that hosts use, so that defaults and rules are the same. */
public final class SpecReader {
    private static final String SECRET_RULE = "{env: VARIABLE}, {file: path} or {external: name}";

    /** Roles that a pool in {@code computePools} can have. */
    private enum ComputeRole {
        CPU,
        GPU
    }

    private final Problems problems = new Problems();
    private final ProviderSettings.Reader settings;

    private SpecReader(ProviderSettings.Reader settings) {
        this.settings = settings;
    }

    /** What was read, and from where. */
    public record Read(BackendSpec spec, Positions positions) {}

    public static Read yaml(String text, ProviderSettings.Reader settings) {
        SpecReader reader = new SpecReader(settings);
        return reader.read(DocumentParser.yaml(text, reader.problems));
    }

    public static Read json(String text, ProviderSettings.Reader settings) {
        SpecReader reader = new SpecReader(settings);
        return reader.read(DocumentParser.json(text, reader.problems));
    }

    private Read read(Optional<Node> document) {
        if (document.isEmpty()) {
            throw new InvalidSpecException(problems.all());
        }
        Positions positions = new Positions(document.get());
        try {
            return new Read(read(document.get()), positions);
        } catch (InvalidSpecException e) {
            throw e.located(positions::of);
        }
    }

    private BackendSpec read(Node document) {
        if (!(document instanceof Node.Mapping root)) {
            problems.form(
                    "document", document.kind(), "a mapping with the fields of a spec", "Write one; see docs/spec.md.");
            throw new InvalidSpecException(problems.all());
        }
        BackendSpecBuilder builder = read(root);
        List<Violation> ofForm = problems.all();
        if (ofForm.isEmpty()) {
            return builder.build();
        }
        List<Violation> all = new ArrayList<>(ofForm);
        builder.violations().stream()
                .filter(v -> ofForm.stream().noneMatch(f -> sameField(f.path(), v.path())))
                .forEach(all::add);
        throw new InvalidSpecException(all);
    }

    /** Whether one of two paths lies within the other: what could not be read is not also judged by its default. */
    private static boolean sameField(String one, String other) {
        String shorter = one.length() < other.length() ? one : other;
        String longer = one.length() < other.length() ? other : one;
        return longer.startsWith(shorter)
                && (longer.length() == shorter.length() || ".[".indexOf(longer.charAt(shorter.length())) >= 0);
    }

    private BackendSpecBuilder read(Node.Mapping root) {
        Fields fields = new Fields(root, "", problems);
        BackendSpecBuilder spec = BackendSpec.builder(fields.text("name").orElse(""));
        String provider = fields.text("provider").orElse("");
        spec.on(provider, fields.text("region").orElse(""));
        fields.word("profile", Profile.class).ifPresent(spec::profile);
        fields.text("kubernetesVersion").ifPresent(spec::kubernetesVersion);
        fields.mapping("operatorPool", pool -> spec.operatorPool(p -> pool(pool, p)));
        fields.mappings("computePools", pool -> computePool(pool, spec));
        fields.mapping("network", network -> spec.network(n -> network(network, n)));
        fields.mapping("apiEndpoint", endpoint -> apiEndpoint(endpoint, spec));
        fields.mapping(
                "storage", storage -> storage.text("className").ifPresent(c -> spec.storage(s -> s.className(c))));
        fields.mapping(
                "backup",
                backup -> spec.backup(b -> {
                    backup.bool("enabled").ifPresent(b::enabled);
                    backup.integer("retentionDays").ifPresent(b::retentionDays);
                }));
        fields.mapping(
                "encryption",
                encryption ->
                        encryption.text("existingKey").ifPresent(key -> spec.encryption(e -> e.existingKey(key))));
        fields.mappings("pullSecrets", secret -> pullSecret(secret, spec));
        fields.mapping("osmo", osmo -> spec.osmo(o -> osmo(osmo, o)));
        fields.mappings(
                "charts",
                chart -> spec.chart(
                        chart.text("name").orElse(""),
                        c -> ChartDocument.read(chart, c, key -> secret(chart, key, Optional.empty()))));
        fields.texts("admins").ifPresent(admins -> List.of(admins).forEach(spec::admin));
        fields.bool("deletionProtection").ifPresent(spec::deletionProtection);
        fields.word("nodeImages", NodeImages.class).ifPresent(spec::nodeImages);
        fields.entries("tags", spec::tag);
        settings(fields, provider, spec);
        fields.finish();
        return spec;
    }

    private void computePool(Fields fields, BackendSpecBuilder spec) {
        String name = fields.text("name").orElse("");
        Consumer<NodePoolBuilder> reader = pool -> pool(fields, pool);
        switch (fields.word("role", ComputeRole.class).orElse(ComputeRole.CPU)) {
            case CPU -> spec.computePool(name, reader);
            case GPU -> spec.gpuPool(name, reader);
        }
    }

    private void pool(Fields fields, NodePoolBuilder pool) {
        fields.texts("instanceTypes").ifPresent(pool::instanceTypes);
        fields.mapping("scale", scale -> scale(scale, pool));
        fields.entries("labels", pool::label);
        taints(fields, pool);
        fields.bool("tainted").ifPresent(pool::tainted);
        fields.integer("diskGib").ifPresent(pool::diskGib);
        fields.texts("zones").ifPresent(pool::zones);
        fields.bool("spot").ifPresent(pool::spot);
        fields.text("reservation").ifPresent(pool::reservation);
        fields.mappings("fallback", alternative -> pool.fallback(builder -> alternative(alternative, builder)));
        fields.word("replacement", Replacement.class).ifPresent(pool::replacement);
        fields.integer("drainMinutes").ifPresent(pool::drainMinutes);
        fields.word("onFailure", FailurePolicy.class).ifPresent(pool::onFailure);
    }

    private static void alternative(Fields fields, PoolAlternativeBuilder alternative) {
        fields.texts("instanceTypes").ifPresent(alternative::instanceTypes);
        fields.texts("zones").ifPresent(alternative::zones);
        fields.text("reservation").ifPresent(alternative::reservation);
        fields.bool("spot").ifPresent(alternative::spot);
    }

    private void scale(Fields fields, NodePoolBuilder pool) {
        for (String bound : List.of("min", "max")) {
            if (!fields.has(bound)) {
                problems.add(
                        fields.at(bound),
                        Requirement.CN_2,
                        "",
                        "a whole number",
                        "Give both min and max, or leave out scale.");
            }
        }
        Optional<Integer> min = fields.integer("min");
        Optional<Integer> max = fields.integer("max");
        Optional<Integer> initial = fields.integer("initial");
        if (min.isPresent() && max.isPresent()) {
            pool.scale(min.get(), max.get(), initial.orElse(min.get()));
        }
    }

    private void taints(Fields fields, NodePoolBuilder pool) {
        String[] taints = fields.texts("taints").orElse(new String[0]);
        for (int i = 0; i < taints.length; i++) {
            Optional<Taint> taint = Taint.parse(taints[i]);
            taint.ifPresent(pool::taint);
            String path = fields.at("taints") + "[" + i + "]";
            if (taint.isEmpty() && !problems.has(path)) {
                problems.add(
                        path,
                        Requirement.CN_4,
                        taints[i],
                        "key=value:Effect or key:Effect, the effect being NoSchedule, PreferNoSchedule or NoExecute",
                        "Write it like team=vision:NoSchedule.");
            }
        }
    }

    private void network(Fields fields, NetworkBuilder network) {
        fields.text("cidr").ifPresent(network::cidr);
        fields.text("serviceCidr").ifPresent(network::serviceCidr);
        fields.integer("zoneCount").ifPresent(network::zoneCount);
        fields.texts("zones").ifPresent(network::zones);
        fields.mapping("existing", existing -> {
            String id = existing.text("id").orElse("");
            network.existing(id, existing.texts("subnets").orElse(new String[0]));
        });
        fields.word("egress", Network.Egress.class).ifPresent(network::egress);
        fields.bool("privateServiceEndpoints").ifPresent(network::privateServiceEndpoints);
    }

    private void apiEndpoint(Fields fields, BackendSpecBuilder spec) {
        String[] ranges = fields.texts("publicCidrs").orElse(new String[0]);
        boolean open = fields.bool("publicAccess").orElse(ranges.length > 0);
        if (!fields.has("publicAccess") && ranges.length == 0) {
            return;
        }
        spec.apiEndpoint(e -> {
            if (open) {
                e.publicAccess(ranges);
            } else {
                e.privateOnly();
            }
        });
        if (!open && ranges.length > 0) {
            problems.addDescribed(
                    fields.at("publicCidrs"),
                    Requirement.SC_3,
                    String.join(", ", ranges),
                    "nothing while apiEndpoint.publicAccess is false",
                    "Set publicAccess to true, or remove the ranges.");
        }
    }

    private void pullSecret(Fields fields, BackendSpecBuilder spec) {
        String registry = fields.text("registry").orElse("");
        String username = fields.text("username").orElse("");
        String secretName = fields.text("secretName").orElse(PullSecret.defaultName(registry));
        if (!fields.has("password")) {
            problems.add(
                    fields.at("password"),
                    Requirement.RG_2,
                    "",
                    SECRET_RULE,
                    "Say where the password is; the document must not contain it.");
        }
        Secret password =
                secret(fields, "password", Optional.of(Requirement.RG_2)).orElseGet(() -> Secret.external("unknown"));
        spec.pullSecret(registry, username, password, secretName);
    }

    private void osmo(Fields fields, OsmoServiceBuilder osmo) {
        fields.text("release").ifPresent(osmo::release);
        fields.text("serviceUrl").ifPresent(osmo::serviceUrl);
        fields.text("backendName").ifPresent(osmo::backendName);
        secret(fields, "token", Optional.of(Requirement.NW_2)).ifPresent(osmo::token);
        fields.text("poolName").ifPresent(osmo::poolName);
        fields.text("helmRelease").ifPresent(osmo::helmRelease);
        fields.text("operatorNamespace").ifPresent(osmo::operatorNamespace);
        fields.text("workflowNamespace").ifPresent(osmo::workflowNamespace);
        fields.text("tokenSecretName").ifPresent(osmo::tokenSecretName);
    }

    /** Reads a reference to a secret. Never shows the value, which may be a secret itself. */
    private Optional<Secret> secret(Fields fields, String key, Optional<Requirement> requirement) {
        Optional<Node> node = fields.find(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String path = fields.at(key);
        if (node.get() instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Node> entry =
                    mapping.entries().entrySet().iterator().next();
            if (entry.getValue() instanceof Node.Text name && !name.text().isBlank()) {
                switch (entry.getKey()) {
                    case "env":
                        return Optional.of(Secret.env(name.text()));
                    case "external":
                        return Optional.of(Secret.external(name.text()));
                    case "file":
                        Optional<Path> file = file(name.text());
                        if (file.isPresent()) {
                            return file.map(Secret::file);
                        }
                        break;
                    default:
                        break;
                }
            }
        }
        boolean literal = node.get() instanceof Node.Text || node.get() instanceof Node.Number;
        problems.add(new Violation(
                path,
                requirement.map(Requirement::id),
                literal ? "the secret itself (not shown)" : "something else than a reference",
                SECRET_RULE,
                literal
                        ? "Move it to an environment variable or a file, and refer to that; replace it if others read this"
                                + " document."
                        : "Write one of the three, with one name."));
        return Optional.empty();
    }

    private static Optional<Path> file(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private void settings(Fields fields, String provider, BackendSpecBuilder spec) {
        Optional<Node> node = fields.find("settings");
        if (node.isPresent() && node.get() instanceof Node.Mapping mapping) {
            settings.read(provider, mapping.plain(), problems::add).ifPresent(spec::settings);
        } else {
            fields.mapping("settings", none -> {});
        }
    }
}
