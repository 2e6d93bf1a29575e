// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** The network has no default route. */
final class RouteMissing implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .routes()
                .known()
                .filter(routes -> evidence.facts().machinesWait()
                        && routes.stream()
                                .noneMatch(route ->
                                        route.path("destRange").asText().equals("0.0.0.0/0")))
                .map(routes -> new Cause(
                        "no-route",
                        "The network has no default route, so nodes cannot reach Google's services.",
                        "Create it: gcloud compute routes create default --destination-range=0.0.0.0/0"
                                + " --next-hop-gateway=default-internet-gateway --network=NETWORK; or route the ranges of"
                                + " private.googleapis.com."));
    }
}
