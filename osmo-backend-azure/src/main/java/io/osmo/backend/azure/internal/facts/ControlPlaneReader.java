// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.azure.internal.catalog.OffersReader;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What AKS says about the control plane. */
final class ControlPlaneReader implements FactReader<FactSource, CloudFacts.ControlPlane> {
    /** States in which the API server answers; the latter two while AKS changes the cluster. */
    private static final Set<String> WORKS = Set.of("Succeeded", "Updating", "Upgrading");

    private static final Set<String> SERVICE_LEVEL = Set.of("standard", "premium");

    /** Channels by which AKS moves a cluster to newer patches itself. */
    private static final Set<String> UPGRADING = Set.of("patch", "stable", "rapid");

    @Override
    public CompletableFuture<Fact<CloudFacts.ControlPlane>> read(FactSource source) {
        CompletableFuture<Fact<Map<String, List<String>>>> supported =
                Facts.of(OffersReader.supportedVersions(source.context()));
        return source.cluster()
                .thenCompose(cluster -> SecretsKey.read(source.context(), cluster)
                        .thenCombine(supported, (key, versions) -> cluster.map(found -> of(found, versions, key))));
    }

    /** @param supported minor versions that AKS supports, by support plan */
    static CloudFacts.ControlPlane of(
            ArmObject cluster, Fact<Map<String, List<String>>> supported, Fact<Optional<CloudFacts.Key>> key) {
        JsonNode properties = cluster.json().path("properties");
        boolean isPrivate =
                properties.at("/apiServerAccessProfile/enablePrivateCluster").asBoolean(false);
        List<String> ranges = texts(properties.at("/apiServerAccessProfile/authorizedIPRanges"));
        String power = cluster.text("/properties/powerState/code");
        boolean running = power.isEmpty() || power.equals("Running");
        return new CloudFacts.ControlPlane(
                cluster.provisioningState() + (running ? "" : ", " + power),
                WORKS.contains(cluster.provisioningState()) && running,
                AksCluster.current(cluster),
                Fact.unknown("AKS does not state the end of support; its release calendar does"),
                supported.flatMap(versions -> supports(cluster, versions)),
                Fact.unknown("AKS does not state the zones of a control plane; it uses all zones of a region"),
                SERVICE_LEVEL.contains(cluster.text("/sku/tier").toLowerCase(Locale.ROOT)),
                key,
                !isPrivate,
                isPrivate ? List.of() : ranges.isEmpty() ? List.of("0.0.0.0/0") : ranges,
                Fact.unknown("logs of an AKS control plane are chosen by diagnostic settings, which are not read"),
                // AKS has separate fields for the requested and the running version: a minor version follows its newest
                // patch.
                cluster.find("/properties/kubernetesVersion")
                        .filter(asked -> asked.matches("\\d+\\.\\d+\\..+") && !movesOn(cluster)),
                Fact.of(
                        properties.at("/oidcIssuerProfile/enabled").asBoolean(false)
                                ? cluster.find("/properties/oidcIssuerProfile/issuerURL")
                                        .or(() -> Optional.of("an OIDC issuer"))
                                : Optional.empty()));
    }

    private static boolean movesOn(ArmObject cluster) {
        return UPGRADING.contains(cluster.text("/properties/autoUpgradeProfile/upgradeChannel"));
    }

    private static Fact<Boolean> supports(ArmObject cluster, Map<String, List<String>> versions) {
        if (versions.values().stream().allMatch(List::isEmpty)) {
            return Fact.unknown("AKS lists no supported versions in the region");
        }
        String plan = cluster.text("/properties/supportPlan");
        return Fact.of(versions.getOrDefault(plan.isEmpty() ? OffersReader.OFFICIAL : plan, List.of())
                .contains(KubernetesVersion.minor(AksCluster.current(cluster))));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return List.copyOf(texts);
    }
}
