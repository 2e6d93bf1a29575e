// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.Context;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** A host of AKS backends. The JDK's HTTP client is the only one on the class path of the Azure SDK. */
public final class AzureConsumer {
    private static final Pattern ALLOWED = Pattern.compile("(?!)");

    private AzureConsumer() {}

    public static void main(String[] arguments) throws IOException {
        Host.prove(new AzureProvider(), "eastus2", ALLOWED);

        HttpClient http = HttpClient.createDefault();
        Host.require(
                http.getClass().getName().startsWith("com.azure.core.http.jdk."),
                "the SDK's HTTP client is " + http.getClass().getName());
        try (AzureClients clients = AzureClients.over(
                http, new DefaultAzureCredentialBuilder().httpClient(http).build(), AzureEnvironment.AZURE, "consumer")) {
            System.out.println("opened " + clients.pipeline() + ", " + clients.credential());
        }
        exchange(http);
    }

    /** Sends one request to a server on this machine. */
    private static void exchange(HttpClient http) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        HttpRequest request =
                new HttpRequest(HttpMethod.GET, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (HttpResponse response = new HttpPipelineBuilder().httpClient(http).build().sendSync(request, Context.NONE)) {
            Host.require(response.getStatusCode() == 204, "answered " + response.getStatusCode());
        } finally {
            server.stop(0);
        }
    }
}
