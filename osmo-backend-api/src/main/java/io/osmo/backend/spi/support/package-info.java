/**
 * What providers have in common and would otherwise copy from each other: the cut of a backend into {@linkplain
 * io.osmo.backend.spi.support.Concern concerns}, their {@linkplain io.osmo.backend.spi.support.Reader readers}, names and
 * settings. A provider is free to do without.
 */
@NullMarked
package io.osmo.backend.spi.support;

import org.jspecify.annotations.NullMarked;
