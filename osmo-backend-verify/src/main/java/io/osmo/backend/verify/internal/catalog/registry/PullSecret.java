// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

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
            List<Expectations.Registry> wanted = expectations.pullSecrets();
            for (Expectations.Registry registry : wanted) {
                for (String namespace : namespaces) {
                    String name = "secret/" + namespace + "/" + registry.secretName();
                    secrets.stream()
                            .filter(s -> s.toString().equals(name))
                            .findFirst()
                            .ifPresentOrElse(
                                    s -> Credentials.problem(s, registry.host())
                                            .ifPresent(p -> defects.add(name + " " + p)),
                                    () -> defects.add(name + " is missing"));
                }
            }
            List<SecretFacts> others =
                    secrets.stream().filter(Credentials::isPullSecret).toList();
            others.stream()
                    .filter(s -> wanted.stream().noneMatch(w -> w.secretName().equals(s.name())))
                    .forEach(s -> Credentials.problem(s).ifPresent(p -> defects.add(s + " " + p)));
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
}
