// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

/** Backends on Google Kubernetes Engine. */
public final class GcpProvider {
    /** Id that specs use. */
    public static final String ID = "gcp";

    private final GcpClients.Factory clients;

    /** With application-default credentials. */
    public GcpProvider() {
        this((region, settings) -> GcpClients.connect(Identity.target(settings)));
    }

    /** With other clients, such as those of an emulator, or with credentials of the host's own. */
    public GcpProvider(GcpClients.Factory clients) {
        this.clients = clients;
    }

    GcpClients clients(String region, GkeSettings settings) {
        return clients.open(region, settings);
    }
}
