// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Predicate;

/**
 * Plain requests, as {@code curl} sends them.
 *
 * @param authorization the header; empty for none
 */
record Curl(URI base, String authorization) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int POLLS = 200;

    /** A response. */
    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(body(), e);
            }
        }

        String text(String pointer) {
            return json().at(pointer).asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /**
     * Sends a request.
     *
     * @param path or a whole URL
     * @param body empty for none; backquotes become quotes
     * @param headers names and values
     */
    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('`', '"')));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    /** Asks again and again, with nothing in between, until the answer is as expected. */
    Answer poll(String path, Predicate<Answer> expected) {
        for (int i = 0; i < POLLS; i++) {
            Answer answer = get(path);
            if (expected.test(answer)) {
                return answer;
            }
        }
        throw new AssertionError(
                "not as expected after " + POLLS + " polls: " + get(path).body());
    }
}
