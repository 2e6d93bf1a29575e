/**
 * What providers have in common and would otherwise copy from each other: the cut of a backend into {@linkplain
 * io.osmo.backend.spi.provider.Concern concerns}, their {@linkplain io.osmo.backend.spi.provider.Reader readers}, names and
 * settings. A provider is free to do without.
 */
@NullMarked
package io.osmo.backend.spi.provider;

import org.jspecify.annotations.NullMarked;
