// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.registry;

import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RG-2: present and well-formed in both namespaces. Only a probe can tell whether the registry accepts the credential. */
public final class PullSecret extends AbstractCheck {
    public PullSecret() {
        super(
                "registry.pull-secret",
                "well-formed image pull secrets in both OSMO namespaces",
                Requirement.RG_2,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Expectations expectations = evidence.expectations();
        return given(evidence.snapshot().core().secrets(), secrets -> {
            List<String> namespaces = List.of(expectations.operatorNamespace(), expectations.workflowNamespace());
            List<String> defects = new ArrayList<>();
            for (Expectations.Registry wanted : expectations.pullSecrets()) {
                for (String namespace : namespaces) {
                    String name = "secret/" + namespace + "/" + wanted.secretName();
                    secrets.stream()
                            .filter(s -> s.toString().equals(name))
                            .findFirst()
                            .ifPresentOrElse(
                                    s -> problem(s, wanted.host()).ifPresent(p -> defects.add(name + " " + p)),
                                    () -> defects.add(name + " is missing"));
                }
            }
            List<SecretFacts> others = secrets.stream()
                    .filter(s -> s.type().equals(DockerConfig.TYPE))
                    .toList();
            others.stream().filter(s -> s.registries().isEmpty()).forEach(s -> defects.add(s + " is malformed"));
            if (!defects.isEmpty()) {
                List<String> distinct = defects.stream().distinct().toList();
                return breach(
                                distinct.get(0)
                                        + (distinct.size() > 1 ? " and " + (distinct.size() - 1) + " more" : ""),
                                "kubectl -n NAMESPACE create secret docker-registry NAME --docker-server=HOST …")
                        .about(distinct);
            }
            return others.isEmpty() ? skipped("no image pull secret is required") : pass(others.size() + " secrets");
        });
    }

    private static Optional<String> problem(SecretFacts secret, String host) {
        if (!secret.type().equals(DockerConfig.TYPE)) {
            return Optional.of("is of type " + secret.type());
        }
        Map<String, Boolean> registries = secret.registries().orElse(Map.of());
        if (!registries.containsKey(host)) {
            return Optional.of("has no entry for " + host);
        }
        return Boolean.TRUE.equals(registries.get(host))
                ? Optional.empty()
                : Optional.of("has no credential for " + host
                        + (host.equals("nvcr.io") ? " with the user name $oauthtoken, which it requires" : ""));
    }
}
