// SPDX-License-Identifier: Apache-2.0
/**
 * The skeleton of a provider: what all providers have in common. A provider adds:
 *
 * <ul>
 *   <li>{@link io.osmo.backend.spi.provider.ProviderTemplate}: id, settings class, session
 *   <li>{@link io.osmo.backend.spi.provider.ProviderContext}: one backend, the clients, the translation of the cloud's errors
 *   <li>{@link io.osmo.backend.spi.provider.Concern}: one part of a backend, such as its network, with its {@linkplain
 *       io.osmo.backend.spi.provider.Reader readers} and {@linkplain io.osmo.backend.spi.provider.ProviderResource resources}
 *   <li>{@link io.osmo.backend.spi.provider.PreflightCheck} and {@link io.osmo.backend.spi.provider.FactReader}: one check or one kind of
 *       facts each
 * </ul>
 *
 * {@link io.osmo.backend.spi.provider.ProviderSession} and {@link io.osmo.backend.spi.provider.ProviderGraph} combine them. A provider
 * may also implement {@link io.osmo.backend.spi.CloudProvider} directly.
 */
@NullMarked
package io.osmo.backend.spi.provider;

import org.jspecify.annotations.NullMarked;
