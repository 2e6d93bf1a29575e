// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.container.v1.Cluster;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GcpTarget;
import java.net.URI;
import java.util.regex.Pattern;

/** A host of GKE backends. */
public final class GcpConsumer {
    /** Google's HTTP and credential libraries use Gson. */
    private static final Pattern ALLOWED = Pattern.compile("gson-.*");

    private GcpConsumer() {}

    public static void main(String[] arguments) throws Exception {
        Host.prove(new GcpProvider(), "us-central1", ALLOWED);

        URI nowhere = URI.create("http://127.0.0.1:9");
        GcpTarget.Builder target = GcpTarget.builder(
                () -> "consumer", () -> GoogleCredentials.create(new AccessToken("t", null)));
        for (GcpService service : GcpService.values()) {
            target.endpoint(service, nowhere);
        }
        try (GcpClients clients = GcpClients.connect(target.build())) {
            // gRPC and JSON over HTTP, both with the protobuf runtime that Maven selected.
            System.out.println("opened " + clients.clusters() + ", " + clients.keys() + ", "
                    + clients.backups() + ", " + clients.networks());
        }
        Cluster cluster = Cluster.newBuilder().setName("osmo").build();
        Host.require(Cluster.parseFrom(cluster.toByteArray()).equals(cluster), "protobuf reads: " + cluster);
    }
}
