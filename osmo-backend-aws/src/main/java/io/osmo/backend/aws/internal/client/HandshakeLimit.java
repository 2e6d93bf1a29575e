// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS on sockets whose first byte has to arrive within a limit. The JDK's {@code HttpsURLConnection} lets a peer that accepts and
 * says nothing take as long for the handshake as for an answer, and has no setting for it.
 */
final class HandshakeLimit extends SSLSocketFactory {
    private final SSLSocketFactory tls;
    private final Duration limit;

    HandshakeLimit(SSLSocketFactory tls, Duration limit) {
        this.tls = tls;
        this.limit = limit;
    }

    /** A plain socket, over which {@code HttpsURLConnection} asks for TLS once it is connected. */
    @Override
    public Socket createSocket() {
        return new Impatient((int) limit.toMillis());
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tls.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return tls.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return tls.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return tls.createSocket(host, port, localHost, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    private static final class Impatient extends Socket {
        private final int limit;
        private @Nullable InputStream input;

        private Impatient(int limit) {
            this.limit = limit;
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (input == null) {
                input = new FirstByte(this, super.getInputStream(), limit);
            }
            return input;
        }
    }

    /** Reads with a shorter timeout until something has been read. */
    private static final class FirstByte extends FilterInputStream {
        private final Socket socket;
        private final int limit;
        private boolean answered;

        private FirstByte(Socket socket, InputStream input, int limit) {
            super(input);
            this.socket = socket;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (answered) {
                return in.read(bytes, offset, length);
            }
            int usual = socket.getSoTimeout();
            socket.setSoTimeout(limit);
            try {
                int count = in.read(bytes, offset, length);
                answered = true;
                return count;
            } catch (SocketTimeoutException e) {
                throw new SocketTimeoutException("connect timed out: nothing answers the TLS handshake");
            } finally {
                if (!socket.isClosed()) {
                    socket.setSoTimeout(usual);
                }
            }
        }
    }
}
