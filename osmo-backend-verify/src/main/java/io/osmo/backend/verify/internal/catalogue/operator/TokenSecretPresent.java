// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;

/** Without it the operator's pods hang in ContainerCreating. */
public final class TokenSecretPresent extends AbstractCheck {

    public TokenSecretPresent() {
        super(
                "operator.token-secret",
                "the Secret with the backend's token in the operator's namespace",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Expectations expectations = evidence.expectations();
        if (!expectations.tokenWanted()) {
            return skipped("no token is asked for yet");
        }
        String name = "secret/" + expectations.operatorNamespace() + "/" + expectations.tokenSecretName();
        return given(
                evidence.snapshot().secrets(),
                secrets -> TokenSecret.find(evidence, secrets)
                        .map(s -> s.token().isPresent()
                                ? pass(name)
                                : breach(name + " has no entry 'token'", "Store the token under the key token."))
                        .orElseGet(() -> breach(
                                name + " is missing",
                                "kubectl -n " + expectations.operatorNamespace() + " create secret generic "
                                        + expectations.tokenSecretName() + " --from-file=token=FILE")));
    }
}
