// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is expected of a backend, as far as checks are concerned: taken from its spec, or what holds for any backend if there is
 * no spec. Holds no secret.
 *
 * @param known whether this comes from a spec; otherwise nothing particular is expected of pools and registries
 * @param profile production unless the spec says development
 * @param pools the spec's pools
 * @param pullSecrets the spec's image pull secrets
 * @param serviceUrl URL of the OSMO service, when known; credentials in it are redacted
 * @param tokenWanted whether the token Secret must exist
 */
public record Expectations(
        boolean known,
        Profile profile,
        List<Pool> pools,
        List<Registry> pullSecrets,
        Optional<String> serviceUrl,
        String operatorNamespace,
        String workflowNamespace,
        String tokenSecretName,
        boolean tokenWanted) {
    public Expectations {
        pools = List.copyOf(pools);
        pullSecrets = List.copyOf(pullSecrets);
        serviceUrl =
                serviceUrl.map(url -> url.replaceFirst("//[^/@]*@", "//***@").replaceFirst("\\?.+", "?***"));
    }

    /** One pool of the spec. */
    public record Pool(
            String name,
            PoolRole role,
            List<String> instanceTypes,
            Scale scale,
            Map<String, String> labels,
            List<Taint> taints,
            List<String> zones) {
        public Pool {
            instanceTypes = List.copyOf(instanceTypes);
            labels = Map.copyOf(labels);
            taints = List.copyOf(taints);
            zones = List.copyOf(zones);
        }

        /** Kind and name, as reports name it. */
        @Override
        public String toString() {
            return "pool/" + name;
        }
    }

    /** One image pull secret of the spec. */
    public record Registry(String secretName, String host) {}

    /** What holds for any production backend, with the namespaces and the Secret that OSMO's documents name. */
    public static Expectations ofAnyBackend() {
        return new Expectations(
                false,
                Profile.PRODUCTION,
                List.of(),
                List.of(),
                Optional.empty(),
                "osmo-operator",
                "osmo-workflows",
                "osmo-backend-token-default",
                true);
    }

    public static Expectations of(BackendSpec spec) {
        Expectations any = ofAnyBackend();
        Optional<OsmoService> osmo = spec.osmo();
        return new Expectations(
                true,
                spec.profile(),
                spec.pools().stream().map(Expectations::pool).toList(),
                spec.pullSecrets().stream()
                        .map(p -> new Registry(p.secretName(), p.registry()))
                        .toList(),
                osmo.map(OsmoService::serviceUrl),
                osmo.map(OsmoService::operatorNamespace).orElse(any.operatorNamespace),
                osmo.map(OsmoService::workflowNamespace).orElse(any.workflowNamespace),
                osmo.map(OsmoService::tokenSecretName).orElse(any.tokenSecretName),
                osmo.flatMap(OsmoService::token).isPresent());
    }

    private static Pool pool(NodePool pool) {
        return new Pool(
                pool.name(),
                pool.role(),
                pool.instanceTypes(),
                pool.scale(),
                pool.labels(),
                pool.taints(),
                pool.zones());
    }

    public Expectations withProfile(Profile other) {
        return new Expectations(
                known,
                other,
                pools,
                pullSecrets,
                serviceUrl,
                operatorNamespace,
                workflowNamespace,
                tokenSecretName,
                tokenWanted);
    }

    public Expectations withNamespaces(String operator, String workflow) {
        return new Expectations(
                known, profile, pools, pullSecrets, serviceUrl, operator, workflow, tokenSecretName, tokenWanted);
    }

    public Expectations withTokenSecret(String name) {
        return new Expectations(
                known, profile, pools, pullSecrets, serviceUrl, operatorNamespace, workflowNamespace, name, true);
    }

    /** For a cluster that will register later: the token Secret need not exist yet. */
    public Expectations withoutTokenSecret() {
        return new Expectations(
                known,
                profile,
                pools,
                pullSecrets,
                serviceUrl,
                operatorNamespace,
                workflowNamespace,
                tokenSecretName,
                false);
    }

    public Expectations withServiceUrl(String url) {
        return new Expectations(
                known,
                profile,
                pools,
                pullSecrets,
                Optional.of(url),
                operatorNamespace,
                workflowNamespace,
                tokenSecretName,
                tokenWanted);
    }

    /** Whether recommendations for production apply in full. */
    public boolean production() {
        return profile == Profile.PRODUCTION;
    }

    public List<Pool> pools(PoolRole role) {
        return pools.stream().filter(p -> p.role() == role).toList();
    }
}
