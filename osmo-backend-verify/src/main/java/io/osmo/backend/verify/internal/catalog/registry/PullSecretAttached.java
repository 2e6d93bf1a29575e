// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.values.Images;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RG-2: a Secret that no pod names is not used, and pods that name a missing Secret cannot pull images. */
public final class PullSecretAttached extends OperatorCheck {

    public PullSecretAttached() {
        super(
                "registry.pull-secret-attached",
                "existing image pull secrets on OSMO's operator, one of them for its registry",
                Requirement.RG_2,
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        List<String> read = List.of(
                evidence.expectations().operatorNamespace(),
                evidence.expectations().workflowNamespace());
        for (WorkloadFacts deployment : deployments) {
            if (!read.contains(deployment.namespace())) {
                return unknown("Secrets in " + deployment.namespace() + " are not read: the operator is expected in "
                        + read.get(0));
            }
        }
        return given(evidence.snapshot().core().secrets(), secrets -> {
            return each(
                    deployments,
                    "deployments",
                    d -> problem(evidence, d, secrets).isEmpty(),
                    d -> problem(evidence, d, secrets),
                    "Set global.imagePullSecret in the chart to a Secret in the operator's namespace.");
        });
    }

    private static String problem(Evidence evidence, WorkloadFacts deployment, List<SecretFacts> secrets) {
        List<String> attached = OsmoOperator.template(deployment).pullSecrets();
        String host = Images.registryOf(OsmoOperator.main(deployment).image());
        List<String> problems = new ArrayList<>();
        for (String name : attached) {
            Optional<SecretFacts> secret = secrets.stream()
                    .filter(s -> s.namespace().equals(deployment.namespace())
                            && s.name().equals(name))
                    .findFirst();
            if (secret.isEmpty()) {
                return "secret " + name + " does not exist";
            }
            Credentials.problem(secret.get(), host).ifPresent(p -> problems.add("secret " + name + " " + p));
        }
        if (!problems.isEmpty() && problems.size() == attached.size()) {
            return problems.get(0);
        }
        return evidence.expectations().pullSecrets().stream()
                .filter(p -> p.host().equals(host) && !attached.contains(p.secretName()))
                .map(p -> "secret " + p.secretName() + " for " + host + " is not attached")
                .findFirst()
                .orElse("");
    }
}
