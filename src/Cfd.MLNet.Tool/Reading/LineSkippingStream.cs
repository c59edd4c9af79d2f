namespace Cfd.MLNet.Tool.Reading;

/// <summary>UTF-8 without its first lines. Reads forward only.</summary>
internal sealed class LineSkippingStream : Stream
{
    private readonly Stream _inner;
    private readonly byte[] _chunk = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Passes over so many lines, ended by CR, LF or both.</summary>
    public LineSkippingStream(Stream inner, int lines)
    {
        _inner = inner;
        while (lines > 0 && Next() is >= 0 and var letter)
        {
            if (letter is not ('\n' or '\r')) continue;
            if (letter == '\r' && Peek() == '\n') _start++;
            lines--;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end) return _inner.Read(buffer);
        int length = Math.Min(buffer.Length, _end - _start);
        _chunk.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private int Next()
    {
        int next = Peek();
        if (next >= 0) _start++;
        return next;
    }

    private int Peek()
    {
        if (_start == _end) (_start, _end) = (0, _inner.Read(_chunk));
        return _end == 0 ? -1 : _chunk[_start];
    }
}
